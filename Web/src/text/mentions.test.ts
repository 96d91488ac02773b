import { describe, expect, it } from 'vitest';
import { mentionParts, mentions, openMention } from './mentions';

describe('A mention', () => {
  it.each([
    ['@sara', true], ['hi @SARA!', true], ['(@sara)', true], ['@sara.', true], ['@sara, @ali', true], ['سلام @sara، بیا', true], ['@ali @sara', true], ['\n@sara\n', true],
    ['sara', false], ['@sarah', false], ['ali@sara', false], ['x.@sara', false], ['@ sara', false], ['@sara.ahmadi', false], ['@@sara', false], ['', false], ['@', false],
  ])('in %j: %s', (text, isThere) => {
    expect(mentions(text, 'sara')).toBe(isThere);
  });

  it.each([['@علي', 'علی'], ['@كاوه۱', 'کاوه1'], ['@a.', 'a.'], ['@ÉLAN', 'élan']])('is the same however it is written: %s is %s', (text, name) => {
    expect(mentionParts(`x ${text} y`, name)).toEqual([{ text: 'x ', isMention: false }, { text, isMention: true }, { text: ' y', isMention: false }]);
  });

  it('leaves the text whole', () => {
    const text = '@sara. @sara @sarah\t@Sara';
    const parts = mentionParts(text, 'sara');
    expect(parts.map((part) => part.text).join('')).toBe(text);
    expect(parts.filter(({ isMention }) => isMention).map((part) => part.text)).toEqual(['@sara', '@sara', '@Sara']);
    expect(mentionParts('nobody', 'sara')).toEqual([{ text: 'nobody', isMention: false }]);
  });
});

describe('A mention that is being written', () => {
  it.each([
    ['@', 1, { from: 0, query: '' }], ['hi @sa', 6, { from: 3, query: 'sa' }], ['hi @sa tail', 6, { from: 3, query: 'sa' }], ['سلام @سا', 8, { from: 5, query: 'سا' }], ['(@a.b', 5, { from: 1, query: 'a.b' }],
    ['hi @sa ', 7, null], ['a@sa', 4, null], ['hi', 2, null], ['@sa', 0, null], [`@${'x'.repeat(65)}`, 66, null],
  ] as const)('in %j at %i', (text, caret, found) => {
    expect(openMention(text, caret)).toEqual(found);
  });
});
