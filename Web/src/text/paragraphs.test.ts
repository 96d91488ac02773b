import { describe, expect, it } from 'vitest';
import { beginning, paragraphs } from './paragraphs';

const line = (text: string) => ({ text, code: false });
const code = (text: string) => ({ text, code: true });

describe('paragraphs', () => {
  it('are the lines, whichever way they end, empty ones too', () => {
    expect(paragraphs('یک\r\ntwo\rthree\n\nfour')).toEqual([line('یک'), line('two'), line('three'), line(''), line('four')]);
    expect(paragraphs('')).toEqual([line('')]);
  });

  it('keep code together, without its fences', () => {
    expect(paragraphs('a\n```\nlet x;\n\n  y\n```\nb')).toEqual([line('a'), code('let x;\n\n  y'), line('b')]);
    expect(paragraphs('a\r\n```ts\r\nx\r\n```\r\nb')).toEqual([line('a'), code('x'), line('b')]);
  });

  it('take a fence that nobody closed as code to the end', () => {
    expect(paragraphs('a\n```\nb\nc')).toEqual([line('a'), code('b\nc')]);
  });

  it('keep two pieces of code apart', () => {
    expect(paragraphs('```\na\n```\n```\nb\n```')).toEqual([code('a'), code('b')]);
  });

  it('show what stands in the line of the backticks, instead of taking it for a fence', () => {
    expect(paragraphs('a\n```let x = 1```\nb')).toEqual([line('a'), line('```let x = 1```'), line('b')]);
    expect(paragraphs('``` not a language\nb')).toEqual([line('``` not a language'), line('b')]);
    expect(paragraphs('```\n```js\n```\nb')).toEqual([code('```js'), line('b')]);
  });

  it('show fences with nothing between them as they are', () => {
    expect(paragraphs('```')).toEqual([line('```')]);
    expect(paragraphs('```\n```')).toEqual([line('```\n```')]);
  });
});

describe('beginning', () => {
  it('is nothing for a short text', () => {
    expect(beginning('')).toBeNull();
    expect(beginning('سلام\nworld')).toBeNull();
    expect(beginning('a'.repeat(2199))).toBeNull();
  });

  it('is the first 2000 characters of a long one', () => {
    expect(beginning('a'.repeat(2200))).toBe('a'.repeat(2000));
    expect(beginning('ی'.repeat(16_000))).toBe('ی'.repeat(2000));
  });

  it.each(['\n', '\r\n', '\r'])('is the first 30 lines of many (%j)', (end) => {
    const lines = Array.from({ length: 200 }, (_, index) => `line ${index}`);
    expect(beginning(lines.join(end))).toBe(lines.slice(0, 30).join(end));
  });

  it('is cut inside a line that is too long, behind short ones', () => {
    const text = `a\nb\n${'c'.repeat(16_000)}`;
    expect(beginning(text)).toBe(text.slice(0, 2000));
  });

  it.each([
    ['half of a surrogate pair', '😀'],
    ['a part of a family', '👩‍👩‍👧'],
    ['a letter without its mark', 'e\u0301'],
    ['a letter without its harakat', 'مُّ'],
    ['a flag without its colours', '✌🏽'],
  ])('ends with no %s', (_, letter) => {
    for (let shift = 0; shift < 12; shift++) {
      const shown = beginning('x'.repeat(1990 + shift) + letter + 'y'.repeat(3000))!;
      expect(shown).toMatch(/^x+(?:[^xy]+y*)?$/u);
      expect(['', letter]).toContain(shown.replace(/^x+/, '').replace(/y+$/, ''));
      expect(() => encodeURIComponent(shown)).not.toThrow();
    }
  });

  it('gives something of a text that is marks alone', () => {
    expect(beginning('\u0651'.repeat(16_000))!.length).toBeGreaterThan(1900);
  });

  it('ends without empty lines', () => {
    expect(beginning(`a${'\n'.repeat(300)}b`)).toBe('a');
  });
});
