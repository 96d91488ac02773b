import { describe, expect, it } from 'vitest';
import { segments } from './links';

const links = (text: string): string[] => segments(text).flatMap((part) => ('href' in part ? [part.text] : []));
const hrefs = (text: string): string[] => segments(text).flatMap((part) => ('href' in part ? [part.href] : []));
const joined = (text: string): string => segments(text).map((part) => part.text).join('');

describe('What is a link', () => {
  it('is an address of http or https, whatever stands around it', () => {
    expect(segments('see https://example.com/a?b=1#c now')).toEqual([
      { text: 'see ' }, { text: 'https://example.com/a?b=1#c', href: 'https://example.com/a?b=1#c' }, { text: ' now' },
    ]);
    expect(links('http://a.example HTTPS://B.example\nhttps://c.example')).toEqual(['http://a.example', 'HTTPS://B.example', 'https://c.example']);
  });

  it.each([
    'javascript:alert(1)', 'JavaScript://example.com/%0aalert(1)', 'data:text/html,<script>alert(1)</script>', 'vbscript:msgbox(1)', 'file:///etc/passwd',
    'ftp://example.com', 'blob:https:example.com', 'mailto:a@example.com', '//example.com', 'example.com', 'http:/example.com', 'xhttps://example.com',
  ])('is not %s', (text) => {
    expect(segments(text)).toEqual([{ text }]);
  });

  it('keeps the scheme of what stands in front of it out', () => {
    expect(hrefs('javascript:https://example.com')).toEqual(['https://example.com/']);
    expect(hrefs('view-source:https://example.com')).toEqual(['https://example.com/']);
  });

  it.each(['https://user@example.com', 'https://user:password@example.com', 'https://bank.example@evil.example/login', 'https://:x@example.com'])('is not %s, which is dressed up', (text) => {
    expect(segments(text)).toEqual([{ text }]);
  });

  it('is not one without a host or with an impossible one', () => {
    expect(links('https:// http://[ https://a.example:99999 https://%')).toEqual([]);
  });

  it('takes an @ behind the host', () => {
    expect(links('https://example.com/@sara')).toEqual(['https://example.com/@sara']);
  });
});

describe('Where a link ends', () => {
  it.each([
    ['https://example.com.', 'https://example.com'],
    ['https://example.com/a, and', 'https://example.com/a'],
    ['https://example.com/a?b=c!?', 'https://example.com/a?b=c'],
    ['«https://example.com/a»،', 'https://example.com/a'],
    ['آیا https://example.com/a؟', 'https://example.com/a'],
    ['نخست https://example.com/a؛ سپس', 'https://example.com/a'],
    ['“https://example.com”', 'https://example.com'],
    ['‘https://example.com/a’.', 'https://example.com/a'],
    ['„https://example.com“', 'https://example.com'],
    ['‹https://example.com›', 'https://example.com'],
    ['"https://example.com/a"', 'https://example.com/a'],
    ['<https://example.com/a>', 'https://example.com/a'],
    ['**https://example.com/a**', 'https://example.com/a'],
  ])('%s', (text, shown) => {
    expect(links(text)).toEqual([shown]);
    expect(joined(text)).toBe(text);
  });

  it.each([
    ['(https://example.com/a)', 'https://example.com/a'],
    ['(see https://example.com/a).', 'https://example.com/a'],
    ['https://fa.wikipedia.org/wiki/a_(b)', 'https://fa.wikipedia.org/wiki/a_(b)'],
    ['(https://fa.wikipedia.org/wiki/a_(b))', 'https://fa.wikipedia.org/wiki/a_(b)'],
    ['[https://example.com/a?b[]=1]', 'https://example.com/a?b[]=1'],
    ['{https://example.com}', 'https://example.com'],
    ['https://example.com/a)))', 'https://example.com/a'],
  ])('gives brackets to the address only when they were opened there: %s', (text, shown) => {
    expect(links(text)).toEqual([shown]);
  });

  it.each(['\u061c', '\u200e', '\u200f', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'])('is in front of a control of direction (%j), which would show it in another order', (control) => {
    expect(links(`https://example.com/${control}moc.live`)).toEqual(['https://example.com/']);
  });

  it('is at once, however long the punctuation behind it', () => {
    const began = performance.now();
    for (const tail of [')', '.', ').', '.)', '(.)', ']}']) {
      const text = `https://example.com/a${tail.repeat(16_000 / tail.length)}a https://example.com/b${tail.repeat(16_000 / tail.length)}`;
      expect(joined(text)).toBe(text);
    }

    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe('What a link leads to', () => {
  it('is a Persian path, readable as typed and encoded for the wire', () => {
    expect(segments('https://fa.wikipedia.org/wiki/فارسی،')).toEqual([
      { text: 'https://fa.wikipedia.org/wiki/فارسی', href: 'https://fa.wikipedia.org/wiki/%D9%81%D8%A7%D8%B1%D8%B3%DB%8C' }, { text: '،' },
    ]);
  });

  it('is a Persian host, the joiner in a path included', () => {
    expect(hrefs('http://ایران.ir')).toEqual(['http://xn--mgba3a4f16a.ir/']);
    expect(links('https://example.com/می‌روم')).toEqual(['https://example.com/می‌روم']);
  });

  it('begins right behind a Persian letter', () => {
    expect(links('سلامhttps://example.com')).toEqual(['https://example.com']);
  });
});

describe('Nothing is lost', () => {
  it('for no text and for texts without an address', () => {
    expect(segments('')).toEqual([]);
    expect(segments('سلام :// world')).toEqual([{ text: 'سلام :// world' }]);
  });

  it('in whatever mixture', () => {
    const parts = ['https://', 'http://a.example', 'سلام', '.', ')', '(', '@', ' ', '\n', '\u202e', '»', '\ud83d', '\ude00', 'x', '://', '%', '[', 'javascript:'];
    let seed = 7;
    for (let round = 0; round < 2000; round++) {
      const text = Array.from({ length: 12 }, () => parts[(seed = (seed * 48_271) % 2_147_483_647) % parts.length]).join('');
      expect(joined(text)).toBe(text);
      expect(hrefs(text).every((href) => /^https?:\/\//.test(href))).toBe(true);
    }
  });
});
