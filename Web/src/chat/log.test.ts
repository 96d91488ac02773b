import { beforeEach, describe, expect, it } from 'vitest';
import { change, ids, message, messages, run } from '../testing/chat';
import { Log } from './log';

let log: Log;
const texts = () => log.messages.value.map(({ message: text }) => text);

beforeEach(() => {
  log = new Log('sara');
  log.reset(messages(1, 3));
});

describe('A log with changes', () => {
  it('has no hole where a change stands', () => {
    expect(log.append([change(4, 2), message(5)])).toBe(true);
    expect([ids(log.messages.value), log.newest, texts()]).toEqual([[1, 2, 3, 5], 5, ['m1', 'm2 of 4', 'm3', 'm5']]);
    expect(log.append([change(6, 5)])).toBe(true);
    expect([log.append([message(8)]), log.newest]).toEqual([false, 6]);
    expect([log.append([message(7), change(8, 7)]), texts().at(-1)]).toEqual([true, 'm7 of 8']);
  });

  it('begins behind a page that ends with changes', () => {
    log.reset([message(1, { message: 'new', revision: 3 }), message(2), change(3, 1)]);
    expect([log.newest, texts()]).toEqual([3, ['new', 'm2']]);
    expect(log.append([message(4)])).toBe(true);
    log.reset([]);
    expect(log.newest).toBe(0);
  });

  it('takes a change once, whatever comes twice or late', () => {
    log.append([change(4, 2), change(5, 2)]);
    const before = log.messages.value;
    log.append([change(4, 2)]);
    log.append([change(5, 2), message(2)]);
    expect([log.messages.value, texts()[1]]).toEqual([before, 'm2 of 5']);
  });

  it('takes the newer copy of a message that it has, and is not changed by an older one', () => {
    log.append([message(2, { message: 'answered', revision: 4 })]);
    expect([texts()[1], log.newest]).toEqual(['answered', 3]);
    expect(log.append([change(4, 2), message(2)])).toBe(true);
    expect(texts()[1]).toBe('answered');
  });

  it('keeps the newer copy behind a hole too', () => {
    expect(log.append([message(1, { message: 'new', revision: 9 }), message(9)])).toBe(false);
    expect([texts()[0], log.newest]).toEqual(['new', 3]);
  });

  it('changes older messages that came without knowing of what was heard meanwhile', () => {
    log.reset(messages(51, 60));
    log.append([change(61, 40), change(62, 45, { event: 'deleted' })]);
    log.prepend([...messages(31, 44), message(45, { message: '', deleted_at: 'now', revision: 62 }), ...messages(46, 50)]);
    expect(ids(log.messages.value)).toEqual(run(31, 60));
    expect([texts()[9], texts()[14]]).toEqual(['m40 of 61', '']);
  });

  it('says nothing to who looks when nothing is to be seen', () => {
    const before = log.messages.value;
    log.append([change(4, 999)]);
    expect([log.messages.value, log.newest]).toEqual([before, 4]);
  });

  it('finds and changes a message by its id', () => {
    log.reset([message(1), change(2, 1), message(3)]);
    log.change(3, (one) => ({ ...one, message: 'x' }));
    log.change(2, () => message(2));
    expect([log.find(3)?.message, log.find(2), log.find(9), texts()]).toEqual(['x', undefined, undefined, ['m1', 'x']]);
  });
});
