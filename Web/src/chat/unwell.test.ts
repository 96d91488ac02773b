import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/errors';
import { settle } from '../testing/api';
import { waitingIn } from '../testing/chat';
import { beginWithOutbox, clientIds, outbox, post, store, texts } from '../testing/outbox';

beginWithOutbox();

describe('A service that is unwell', () => {
  it('is asked four times, then the message has failed', async () => {
    post.mockRejectedValue(new ApiError('internal', 500));
    outbox.send('a');
    await vi.advanceTimersByTimeAsync(120_000);
    expect(texts()).toEqual(['a', 'a', 'a', 'a']);
    expect(waitingIn(outbox)).toEqual(['a failed']);
  });

  it('is asked as often for the next message', async () => {
    post.mockRejectedValue(new ApiError('internal', 500));
    outbox.send('a');
    await vi.advanceTimersByTimeAsync(120_000);
    outbox.send('b');
    await vi.advanceTimersByTimeAsync(120_000);
    expect(texts().slice(4)).toEqual(['b', 'b', 'b', 'b']);
    expect(waitingIn(outbox)).toEqual(['a failed', 'b failed']);
  });

  it('is asked four times again when somebody retries', async () => {
    post.mockRejectedValue(new ApiError('unavailable', 503));
    outbox.send('a');
    await vi.advanceTimersByTimeAsync(120_000);
    outbox.retry(clientIds()[0]!);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(texts()).toHaveLength(8);
  });

  it.each([['too_many_requests', 429], ['unavailable', 503]])('is left alone as long as it asks for (%s)', async (code, status) => {
    post.mockRejectedValueOnce(new ApiError(code, status, {}, 20));
    outbox.send('a');
    await vi.advanceTimersByTimeAsync(19_900);
    expect(texts()).toEqual(['a']);
    outbox.hurry(); // The network being back is no reason.
    await settle();
    expect(texts()).toEqual(['a']);
    await vi.advanceTimersByTimeAsync(1200);
    expect([texts(), waitingIn(outbox)]).toEqual([['a', 'a'], []]);
  });

  it('is left alone for a minute at most', async () => {
    post.mockRejectedValueOnce(new ApiError('too_many_requests', 429, {}, 86_400));
    outbox.send('a');
    await vi.advanceTimersByTimeAsync(61_100);
    expect(texts()).toEqual(['a', 'a']);
  });

  it('is not given up for being busy', async () => {
    post.mockRejectedValue(new ApiError('too_many_requests', 429, {}, 1));
    outbox.send('a');
    await vi.advanceTimersByTimeAsync(120_000);
    expect(texts().length).toBeGreaterThan(6);
    expect(waitingIn(outbox)).toEqual(['a waiting']);
  });

  it('is not asked any more when the outbox has ended, and no timer is left', async () => {
    post.mockRejectedValue(new ApiError('too_many_requests', 429, {}, 20));
    outbox.send('a');
    await settle();
    outbox.end();
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(120_000);
    expect([texts(), vi.getTimerCount()]).toEqual([['a'], 0]);
    expect(store.all()).toHaveLength(1);
  });
});
