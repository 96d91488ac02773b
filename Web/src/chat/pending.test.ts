import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Message } from '../api/shapes';
import { settle } from '../testing/api';
import { message, waitingIn } from '../testing/chat';
import { Outbox } from './outbox';
import { PendingStore, type StoredPending } from './pending';

const item = (clientId: string, at: number, more: Partial<StoredPending> = {}): StoredPending => ({ kind: 'group', name: 'g', clientId, text: clientId, at, failed: false, ...more });

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

describe('What is not sent yet', () => {
  it('is kept oldest first, over a reload', () => {
    const store = new PendingStore('sara');
    [item('c', 3), item('a', 1, { failed: true }), item('b', 2)].forEach((one) => store.put(one));
    expect(new PendingStore('sara').all()).toEqual([item('a', 1, { failed: true }), item('b', 2), item('c', 3)]);
    store.put(item('b', 2, { failed: true }));
    store.remove('a');
    expect(new PendingStore('sara').all()).toEqual([item('b', 2, { failed: true }), item('c', 3)]);
  });

  it.each([['ali', 'ali.reza'], ['a', 'a.b.c'], ['علی', 'علی.x']])('is never another\'s: %s and %s', (one, other) => {
    new PendingStore(other).put(item('x', 1));
    expect(new PendingStore(one).all()).toEqual([]);
    new PendingStore(one).put(item('y', 2));
    expect(new PendingStore(other).all()).toEqual([item('x', 1)]);
  });

  it('is forgotten with the account, also what comes late, and nobody else\'s', () => {
    const [store, other] = [new PendingStore('sara'), new PendingStore('sara.x')];
    [store, other].forEach((one) => one.put(item('a', 1)));
    store.forget();
    store.put(item('b', 2));
    expect([new PendingStore('sara').all(), other.all()]).toEqual([[], [item('a', 1)]]);
  });

  it('is nothing that something else wrote, or half of it', () => {
    const store = new PendingStore('sara');
    store.put(item('a', 1));
    const key = Object.keys(localStorage)[0]!;
    localStorage.setItem(key.replace(/a$/, 'b'), '{"clientId":"b"');
    localStorage.setItem(key.replace(/a$/, 'c'), 'null');
    localStorage.setItem(key.replace(/a$/, 'd'), '{"clientId":"d"}');
    localStorage.setItem('chat.session', '{}');
    expect(store.all()).toEqual([item('a', 1)]);
  });

  it('is only as safe as the tab when the storage is full', () => {
    const store = new PendingStore('sara');
    vi.stubGlobal('localStorage', { setItem: () => { throw new DOMException('Full', 'QuotaExceededError'); } });
    expect(() => store.put(item('a', 1))).not.toThrow();
  });
});

describe('What an earlier page left', () => {
  const post = vi.fn<(text: string, clientId: string) => Promise<Message>>();
  let outbox: Outbox;

  beforeEach(() => {
    post.mockReset().mockImplementation(async (text, client_id) => message(post.mock.calls.length, { message: text, client_id }));
    outbox = new Outbox('group', 'g', new PendingStore('sara'), post, () => undefined);
  });

  it('is sent under its client_id, once, and kept nowhere then', async () => {
    const store = new PendingStore('sara');
    [item('a', 1), item('b', 2)].forEach((one) => store.put(one));
    [...store.all(), ...store.all()].forEach((one) => outbox.adopt(one));
    await settle();
    expect(post.mock.calls).toEqual([['a', 'a', undefined], ['b', 'b', undefined]]);
    expect(store.all()).toEqual([]);
  });

  it('waits for a decision when it had failed', async () => {
    outbox.adopt(item('a', 1, { failed: true }));
    await settle();
    expect(post).not.toHaveBeenCalled();
    expect(waitingIn(outbox)).toEqual(['a failed']);
    outbox.retry('a');
    await settle();
    expect(post.mock.calls).toEqual([['a', 'a', undefined]]);
  });

  it('stands in front of what was written since', async () => {
    let come: () => void = () => undefined;
    post.mockImplementationOnce((text) => new Promise((resolve) => (come = () => resolve(message(1, { message: text })))));
    outbox.send('first');
    outbox.send('second');
    outbox.adopt(item('old', 1));
    outbox.adopt(item('older', 0));
    expect(outbox.pending.value.map(({ text }) => text)).toEqual(['older', 'old', 'first', 'second']);
    come();
    await settle();
    expect(post.mock.calls.map(([text]) => text)).toEqual(['first', 'older', 'old', 'second']);
  });
});
