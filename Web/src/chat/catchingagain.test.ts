import { beforeEach, describe, expect, it, vi } from 'vitest';
import { offline, problem } from '../testing/api';
import { group, pageOf, run } from '../testing/chat';
import { asked, beginWithConversation, conversation, last, logHas, openAt, serve, shown } from '../testing/conversation';

beginWithConversation();
beforeEach(() => openAt(100));

describe('Catching up', () => {
  it('that fails is tried again by itself, when no frame and no new connection asks for it', async () => {
    vi.useFakeTimers();
    logHas(103);
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
