import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, offline, problem, type Asked } from '../testing/api';
import { group, ids, pageOf, run } from '../testing/chat';
import { stubLocks } from '../testing/locks';
import { Conversation } from './conversation';
import { PendingStore } from './pending';

let conversation: Conversation;
let last = 0;
let asked: Asked[] = [];
const shown = (): number[] => ids(conversation.messages.value);

function serve(answer: (one: Asked, count: number) => object = ({ address }) => pageOf(last, address)): void {
  asked = fakeApi(answer).asked;
}

beforeEach(async () => {
  localStorage.clear();
  stubLocks(null);
  conversation = new Conversation('group', 'g', 'group/g', new PendingStore('sara'));
  last = 100;
  serve();
  await conversation.open();
  asked.length = 0;
});
afterEach(() => {
  conversation.end();
  vi.unstubAllGlobals();
});

describe('Catching up', () => {
  it('that fails is tried again by itself, when no frame and no new connection asks for it', async () => {
    vi.useFakeTimers();
    last = 103;
    serve((one, count) => (count <= 2 ? (count === 1 ? offline() : problem(429, 'too_many_requests', { retryAfter: 5 })) : pageOf(last, one.address)));
    await conversation.catchUp();
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(4000);
    expect(asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1000);
    expect(shown()).toEqual(run(51, 103));
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('closes a group that was made anew under the same slug', async () => {
    serve(({ address }) => pageOf(100, address, { group: group('g') }));
    conversation.group.value = group('g');
    await conversation.catchUp();
    expect(conversation.state.value).toBe('ready');
    serve(({ address }) => pageOf(2, address, { group: group('g', { created_at: '2026-03-01T00:00:00.000Z' }) }));
    await conversation.catchUp();
    expect([conversation.state.value, shown()]).toEqual(['gone', []]);
  });
});
