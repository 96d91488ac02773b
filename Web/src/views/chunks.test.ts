import { describe, expect, it } from 'vitest';
import { ids, message, messages, run } from '../testing/chat';
import { Chunks } from './chunks';

const shape = (chunks: ReturnType<Chunks['of']>) => chunks.map(({ key, items, previous }) => [key, items[0]?.id, items.at(-1)?.id, previous?.id ?? null]);

describe('Chunks', () => {
  it('hold every message once, in order, with the one in front', () => {
    const chunks = new Chunks().of(messages(1, 120));
    expect(shape(chunks)).toEqual([[0, 1, 49, null], [1, 50, 99, 49], [2, 100, 120, 99]]);
    expect(ids(chunks.flatMap(({ items }) => items))).toEqual(run(1, 120));
    expect(new Chunks().of([])).toEqual([]);
  });

  it('are the same while the list is', () => {
    const [chunks, list] = [new Chunks(), messages(1, 120)];
    expect(chunks.of(list)).toBe(chunks.of(list));
  });

  it('change alone where a message was added', () => {
    const [chunks, list] = [new Chunks(), messages(1, 120)];
    const before = chunks.of(list);
    const after = chunks.of([...list, message(121)]);
    expect([after[0] === before[0], after[1] === before[1], after[2] === before[2]]).toEqual([true, true, false]);
    const next = chunks.of([...list, message(121), ...messages(122, 150)]);
    expect([next[1] === before[1], next[2] === after[2], next.length]).toEqual([true, false, 4]);
  });

  it('keep their key when older ones come in front, and change where their neighbour did', () => {
    const [chunks, list] = [new Chunks(), messages(101, 200)];
    const before = chunks.of(list);
    const after = chunks.of([...messages(61, 100), ...list]);
    expect(shape(after)).toEqual([[1, 61, 99, null], [2, 100, 149, 99], [3, 150, 199, 149], [4, 200, 200, 199]]);
    expect([after[2], after[3]]).toEqual([before[1], before[2]]);
    expect([after[2] === before[1], after[3] === before[2], after[1] === before[0]]).toEqual([true, true, false]);
  });

  it('change when another message stands in the place of one', () => {
    const [chunks, list] = [new Chunks(), messages(1, 120)];
    const before = chunks.of(list);
    const after = chunks.of(list.map((one) => (one.id === 49 ? { ...one, message: 'other' } : one)));
    expect(after.map((chunk, index) => chunk === before[index])).toEqual([false, false, true]); // The second shows who wrote before it.
  });
});
