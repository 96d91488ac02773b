import { describe, expect, it } from 'vitest';
import { fold } from './fold';
import { randomId } from './id';

describe('fold, as the API folds', () => {
  it.each([
    ['Sara', 'sara'],
    ['\u0639\u0644\u064a', '\u0639\u0644\u06cc'], // Arabic yeh
    ['\u0639\u0644\u0649', '\u0639\u0644\u06cc'], // alef maksura
    ['\u0643\u0627\u0648\u0647', '\u06a9\u0627\u0648\u0647'], // Arabic kaf
    ['\u06af\u0631\u0648\u0647\u200c\u0645\u0627', '\u06af\u0631\u0648\u0647\u0645\u0627'], // U+200C
    ['a\u06f1\u0662\u096b\uff17', 'a1257'], // Persian, Arabic, Devanagari, full-width digits
    ['\u{1d7d8}x', '0x'], // a digit outside the basic plane, in a block of five sets of digits
    ['\u{1d7ff}\u{1d7ce}', '90'],
    ['\u0141\u00d3D\u0179', '\u0142\u00f3d\u017a'], // Polish
    ['\u041c\u041e\u0421\u041a\u0412\u0410', '\u043c\u043e\u0441\u043a\u0432\u0430'], // Cyrillic
    ['\u03a3\u039f\u03a3', '\u03c3\u03bf\u03c3'], // Greek: a sigma at the end is the same letter
    ['\u0130', '\u0130'], // what has no lower case of one letter stays
    ['I\u0131', 'i\u0131'],
    ['\u{10400}', '\u{10428}'], // case outside the basic plane
    ['a.b+c-d_e@f', 'a.b+c-d_e@f'],
    ['', ''],
  ])('%j is %j', (name, key) => {
    expect(fold(name)).toBe(key);
    expect(fold(key)).toBe(key);
  });

  it('takes each of ten digits for its own', () => {
    for (const zero of [0x0660, 0x06f0, 0x0966, 0x1a80, 0x1a90, 0xff10, 0x104a0, 0x1e950]) {
      expect(fold(Array.from({ length: 10 }, (_, digit) => String.fromCodePoint(zero + digit)).join(''))).toBe('0123456789');
    }
  });
});

describe('randomId', () => {
  it('is a client_id that nobody else has, where crypto.randomUUID is missing too', () => {
    const ids = Array.from({ length: 200 }, randomId);
    expect(new Set(ids).size).toBe(200);
    expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
  });
});
