import { describe, expect, it } from 'vitest';
import { suggestSlug } from './slug';

/** The rules of the API: 1 to 64 letters, digits, - and _, and U+200C between two letters; no presentation forms, nothing that shows nothing. */
function isAccepted(slug: string): boolean {
  const letters = Array.from(slug);
  const isLetter = (letter: string | undefined): boolean => letter !== undefined && /^\p{L}$/u.test(letter) && !/[\u0640\u115f\u1160\u3164\uffa0]/.test(letter);
  return letters.length >= 1 && letters.length <= 64 && !/[\ufb50-\ufdff\ufe70-\ufeff]/.test(slug)
    && letters.every((letter, at) => isLetter(letter) || /^[\p{Nd}_-]$/u.test(letter) || (letter === '\u200c' && isLetter(letters[at - 1]) && isLetter(letters[at + 1])));
}

describe('A suggested slug', () => {
  it.each([
    ['My Group', 'my-group'],
    ['  C# & Friends!  ', 'c-friends'],
    ['snake_case - and - more', 'snake_case-and-more'],
    ['گروه کتاب‌خوانی', 'گروه-کتاب‌خوانی'],
    ['کتابِ خوبِ مُحمّد', 'کتاب-خوب-محمد'],
    ['بـــاغ', 'باغ'],
    ['سال ۱۴۰۵', 'سال-۱۴۰۵'],
    ['می\u200c\u200c\u200cروم', 'می\u200cروم'],
    ['\u200cسلام\u200c', 'سلام'],
    ['سال\u200c۵', 'سال۵'],
    ['سلام\u200c!\u200cدنیا', 'سلام-دنیا'],
    ['é e\u0301 Ü', 'é-é-ü'],
    ['İstanbul', 'istanbul'],
    ['ﷲ ﻋﻠﻲ', 'الله-علي'],
    ['①②③', '123'],
    ['𝒜𝓁ℐ', 'ali'],
    ['گفت‌وگو 💬 روزانه', 'گفت‌وگو-روزانه'],
  ])('of %s is %s', (name, slug) => {
    expect(suggestSlug(name)).toBe(slug);
    expect(isAccepted(slug)).toBe(true);
  });

  it.each(['', '   ', '😀👩‍👩‍👧🇮🇷', '!?…', '\u200c', '\u064b\u064c', '\u3164\u115f', '---'])('is empty where there is no letter: %j', (name) => {
    expect(suggestSlug(name)).toBe('');
  });

  it('has at most 64 letters, none of them cut in two', () => {
    expect(suggestSlug('ا'.repeat(100))).toBe('ا'.repeat(64));
    expect(Array.from(suggestSlug('𠮷'.repeat(100)))).toEqual(Array.from('𠮷'.repeat(64)));
    expect(suggestSlug(`${'a'.repeat(63)} b`)).toBe('a'.repeat(63));
    expect(suggestSlug(`${'ا'.repeat(63)}\u200cب`)).toBe('ا'.repeat(63));
  });

  it('keeps the rules, or is empty, for whatever name', () => {
    const letters = ['a', 'B', 'ی', 'ک', '\u200c', '\u200d', '\u064e', 'ـ', '۵', '5', ' ', '-', '_', '.', '😀', '\ufe73', '\ufdfa', '\ufeff', '\u3164', 'é', '\u0301', '\ud83d', 'ß', 'Ⅳ', '\u202e', 'हि', '\n'];
    let seed = 11;
    for (let round = 0; round < 5000; round++) {
      const name = Array.from({ length: 1 + (round % 90) }, () => letters[(seed = (seed * 48_271) % 2_147_483_647) % letters.length]).join('');
      const slug = suggestSlug(name);
      expect(slug === '' || isAccepted(slug), JSON.stringify([name, slug])).toBe(true);
    }
  });
});
