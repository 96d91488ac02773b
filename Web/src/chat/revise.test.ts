import { describe, expect, it } from 'vitest';
import { change, message } from '../testing/chat';
import { isSameEmoji, newerOf, revise, withOwn } from './revise';

const reaction = (id: number, more: object = {}) => change(id, 1, { event: 'reaction', emoji: '👍', count: 1, ...more });

describe('A message', () => {
  it('that is edited has the new text, and says when', () => {
    expect(revise(message(1), change(7, 1, { message: 'سلام' }), 'sara')).toEqual(message(1, { message: 'سلام', edited_at: change(7, 1).timestamp, revision: 7 }));
  });

  it('keeps its text where a later change has superseded the new one', () => {
    const { event, id, target, user, timestamp } = change(7, 1);
    expect(revise(message(1), { event, id, target, user, timestamp }, 'sara')).toMatchObject({ message: 'm1', revision: 7 });
  });

  it('that is deleted is a gap: no text, no reactions, not edited; who wrote it, where and when stays', () => {
    const before = message(1, { edited_at: 'then', reactions: [{ emoji: '👍', count: 1 }], sender: 'ali', recipient: 'sara', reply_to: 9, client_id: 'c' });
    const gap = revise(before, change(8, 1, { event: 'deleted', user: 'omid' }), 'sara');
    expect(gap).toEqual(message(1, { message: '', deleted_at: change(8, 1).timestamp, revision: 8, sender: 'ali', recipient: 'sara', reply_to: 9, client_id: 'c' }));
  });

  it('stays the same where it knows of the change, or is another, or the change is of tomorrow', () => {
    const known = message(1, { revision: 7 });
    expect(revise(known, change(7, 1), 'sara')).toBe(known);
    expect(revise(known, change(6, 1), 'sara')).toBe(known);
    expect(revise(known, change(8, 2), 'sara')).toBe(known);
    expect(revise(known, change(8, 1, { event: 'pinned' as never }), 'sara')).toBe(known);
  });

  it('of two copies is the one of the higher revision, and stays deleted', () => {
    const [old, edited] = [message(1), message(1, { revision: 3 })];
    expect([newerOf(old, edited), newerOf(edited, old), newerOf(old, message(1))]).toEqual([edited, edited, old]);
    const gone = message(1, { message: '', deleted_at: 'now' });
    expect([newerOf(gone, edited), newerOf(edited, gone)]).toEqual([gone, gone]);
  });
});

describe('Reactions', () => {
  it('are counted by the service, each emoji where it was first put; one\'s own are marked', () => {
    let now = revise(message(1), reaction(2), 'sara');
    now = revise(now, reaction(3, { emoji: '❤️' }), 'sara');
    now = revise(now, reaction(4, { count: 2, user: 'SARA' }), 'sara');
    now = revise(now, reaction(5, { count: 3, user: 'omid' }), 'sara');
    expect(now.reactions).toEqual([{ emoji: '👍', count: 3, mine: true }, { emoji: '❤️', count: 1 }]);
  });

  it('that are taken back are not one\'s own, and at none are gone', () => {
    const before = message(1, { reactions: [{ emoji: '👍', count: 2, mine: true }, { emoji: '❤️', count: 1, mine: true }] });
    const after = revise(before, reaction(2, { count: 1, user: 'sara', removed: true }), 'sara');
    expect(after.reactions?.[0]).toEqual({ emoji: '👍', count: 1 });
    expect(revise(after, reaction(3, { emoji: '❤', count: 0, user: 'sara', removed: true }), 'sara').reactions).toEqual([{ emoji: '👍', count: 1 }]);
  });

  it('differ in more than what keyboards leave out', () => {
    expect([isSameEmoji('❤️', '❤'), isSameEmoji('👍', '👍🏽')]).toEqual([true, false]);
  });

  it('of one\'s own show at once, and what the service says counts', () => {
    const mine = withOwn(message(1, { reactions: [{ emoji: '👍', count: 1 }] }), '👍', true);
    expect([mine.reactions, mine.revision]).toEqual([[{ emoji: '👍', count: 2, mine: true }], undefined]);
    expect(withOwn(mine, '👍', true)).toBe(mine);
    expect(revise(mine, reaction(2, { count: 5, user: 'sara' }), 'sara').reactions).toEqual([{ emoji: '👍', count: 5, mine: true }]);
    expect(withOwn(mine, '👍', false).reactions).toEqual([{ emoji: '👍', count: 1 }]);
    expect(withOwn(withOwn(message(1), '🌹', true), '🌹', false).reactions).toEqual([]);
  });
});
