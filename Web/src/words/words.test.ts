import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { en } from './en';
import { fa } from './fa';

/** Every text under its path: `fields.required`; a function with what it makes of its argument. */
function flat(words: object, path = ''): Map<string, string> {
  return new Map(Object.entries(words).flatMap(([name, value]: [string, unknown]) => {
    const at = path + name;
    return typeof value === 'object' && value !== null ? [...flat(value, `${at}.`)] : [[at, typeof value === 'function' ? String((value as (of: string) => unknown)('⟨of⟩')) : String(value)]];
  }));
}

const english = flat(en);
const persian = flat(fa);

/** The same in both: a name. */
const same = ['product'];

describe('The words', () => {
  it('are the same ones in both languages', () => {
    expect([...persian.keys()].sort()).toEqual([...english.keys()].sort());
    expect(english.size).toBeGreaterThan(120);
  });

  it('are there, without spaces around them', () => {
    for (const [at, text] of [...english, ...persian]) {
      expect(text, at).toMatch(/^\S(?:.*\S)?$/u);
    }
  });

  it('are Persian in Persian, with the letters and digits of Persian', () => {
    for (const [at, text] of persian) {
      expect(text === english.get(at), at).toBe(same.includes(at));
      expect(text, at).not.toMatch(/[يىك٠-٩]/u);
      expect(same.includes(at) || /[\u0600-\u06ff]/.test(text), at).toBe(true);
    }
  });

  it('use what they are given', () => {
    const isFunction = (words: object, path: string): boolean => typeof path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], words) === 'function';
    const taking = [...english.keys()].filter((at) => isFunction(en, at));
    expect(taking.length).toBeGreaterThan(4);
    for (const at of taking) {
      expect(english.get(at), at).toContain('⟨of⟩');
      expect(persian.get(at), at).toContain('⟨of⟩');
    }
  });
});

describe('The language', () => {
  beforeEach(() => {
    vi.resetModules();
    localStorage.clear();
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    localStorage.clear();
  });

  const speaking = async (...languages: string[]) => {
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(languages);
    return import('./language');
  };

  it.each([
    [['fa-IR', 'en-US'], 'fa'],
    [['en-GB', 'fa'], 'en'],
    [['ar', 'fa-AF', 'en'], 'fa'],
    [['de', 'fr'], 'en'],
    [[], 'en'],
  ])('of a browser that asks for %j is %s', async (asked, chosen) => {
    const { hasChosen, language } = await speaking(...asked);
    expect(language.value).toBe(chosen);
    expect(hasChosen()).toBe(false);
  });

  it('that was chosen here stays, whatever the browser asks for', async () => {
    (await speaking('en')).choose('fa');
    vi.resetModules();
    const { hasChosen, language } = await speaking('en');
    expect(language.value).toBe('fa');
    expect(hasChosen()).toBe(true);
  });

  it('is what the document says, direction included, and follows other tabs', async () => {
    const { direction, followLanguage, language, words } = await speaking('en');
    followLanguage();
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['en', 'ltr']);
    dispatchEvent(new StorageEvent('storage', { key: 'chat.language', newValue: 'fa' }));
    expect([language.value, direction.value, words.value.send]).toEqual(['fa', 'rtl', fa.send]);
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['fa', 'rtl']);
    dispatchEvent(new StorageEvent('storage', { key: 'chat.language', newValue: 'xx' }));
    expect(language.value).toBe('fa');
  });
});
