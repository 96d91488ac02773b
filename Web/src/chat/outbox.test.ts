import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/errors';
import { settle } from '../testing/api';
import { message, waitingIn } from '../testing/chat';
import { beginWithOutbox, clientIds, outbox, post, sent, store, texts } from '../testing/outbox';

beginWithOutbox();

const offline = new ApiError('offline', 0);

describe('An outbox', () => {
  it('sends what was written, and forgets it then', async () => {
    outbox.send('سلام');
    expect(waitingIn(outbox)).toEqual(['سلام sending']);
    expect(store.all()).toMatchObject([{ kind: 'group', name: 'g', text: 'سلام', failed: false }]);
    await settle();
    expect(waitingIn(outbox)).toEqual([]);
    expect(store.all()).toEqual([]);
    expect(sent.mock.calls).toEqual([[message(1, { message: 'سلام', client_id: clientIds()[0]! })]]);
  });

  it('sends one after the other, in the order they were written', async () => {
    const answers: (() => void)[] = [];
    post.mockImplementation((text) => new Promise((resolve) => answers.push(() => resolve(message(answers.length, { message: text })))));
    ['a', 'b', 'c'].forEach((text) => outbox.send(text));
    await settle();
    expect(texts()).toEqual(['a']);
    answers[0]?.();
    await settle();
    expect(texts()).toEqual(['a', 'b']);
    answers[1]?.();
    await settle();
    answers[2]?.();
    await settle();
    expect(texts()).toEqual(['a', 'b', 'c']);
    expect(new Set(clientIds()).size).toBe(3);
    expect(sent).toHaveBeenCalledTimes(3);
  });
});

describe('Without an answer', () => {
  it('it waits, longer each time, for ever, and in order, under the same client_id', async () => {
    post.mockRejectedValue(offline);
    outbox.send('a');
    outbox.send('b');
    await vi.advanceTimersByTimeAsync(0);
    expect(waitingIn(outbox)).toEqual(['a waiting', 'b sending']);
    const gaps: number[] = [];
    for (let round = 0; round < 7; round++) {
      const [tries, began] = [post.mock.calls.length, Date.now()];
      while (post.mock.calls.length === tries) {
        await vi.advanceTimersByTimeAsync(100);
      }

      gaps.push(Date.now() - began);
    }

    expect(gaps).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
    expect(new Set(texts())).toEqual(new Set(['a']));
    post.mockImplementation(async (text, client_id) => message(1, { message: text, client_id }));
    await vi.advanceTimersByTimeAsync(15_000);
    expect(texts().slice(-2)).toEqual(['a', 'b']);
    expect(new Set(clientIds().slice(0, -1)).size).toBe(1);
    expect([waitingIn(outbox), store.all()]).toEqual([[], []]);
  });

  it('it goes on at once when the network is back', async () => {
    post.mockRejectedValueOnce(offline);
    outbox.send('a');
    await vi.advanceTimersByTimeAsync(0);
    outbox.hurry();
    await settle();
    expect([texts(), waitingIn(outbox), vi.getTimerCount()]).toEqual([['a', 'a'], [], 0]);
  });

  it('it sends nothing twice at once, however often it is hurried', async () => {
    let come: () => void = () => undefined;
    post.mockImplementation((text) => new Promise((resolve) => (come = () => resolve(message(1, { message: text })))));
    outbox.send('a');
    outbox.hurry();
    outbox.hurry();
    await settle();
    expect(texts()).toEqual(['a']);
    come();
    await settle();
    expect(texts()).toEqual(['a']);
  });
});

describe('A refusal', () => {
  it('fails the message, and the next one goes on', async () => {
    const refused = new ApiError('invalid_request', 400);
    post.mockRejectedValueOnce(refused);
    outbox.send('bad');
    outbox.send('good');
    await settle();
    expect(waitingIn(outbox)).toEqual(['bad failed']);
    expect(outbox.pending.value[0]?.error).toBe(refused);
    expect(store.all()).toMatchObject([{ text: 'bad', failed: true }]);
    expect(texts()).toEqual(['bad', 'good']);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(texts()).toEqual(['bad', 'good']);
  });

  it('is tried again when somebody says so, under the same client_id', async () => {
    post.mockRejectedValueOnce(new ApiError('forbidden', 403));
    outbox.send('a');
    await settle();
    outbox.retry(outbox.pending.value[0]!.clientId);
    await settle();
    expect(clientIds()[0]).toBe(clientIds()[1]);
    expect([waitingIn(outbox), store.all()]).toEqual([[], []]);
  });

  it('is thrown away when somebody says so', async () => {
    post.mockRejectedValueOnce(new ApiError('forbidden', 403));
    outbox.send('a');
    await settle();
    outbox.discard(outbox.pending.value[0]!.clientId);
    outbox.hurry();
    await settle();
    expect([texts(), waitingIn(outbox), store.all()]).toEqual([['a'], [], []]);
  });

  it('because nobody is signed in keeps everything for when they are', async () => {
    post.mockRejectedValue(new ApiError('not_signed_in', 401));
    outbox.send('a');
    outbox.send('b');
    await vi.advanceTimersByTimeAsync(120_000);
    expect(texts()).toEqual(['a']);
    expect(store.all()).toMatchObject([{ text: 'a', failed: false }, { text: 'b', failed: false }]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that comes after the message was heard of otherwise changes nothing', async () => {
    let refuse: (error: ApiError) => void = () => undefined;
    post.mockImplementationOnce(() => new Promise((_, reject) => (refuse = reject)));
    outbox.send('a');
    await settle();
    outbox.discard(clientIds()[0]!);
    refuse(offline);
    await vi.advanceTimersByTimeAsync(120_000);
    expect([texts(), waitingIn(outbox), store.all()]).toEqual([['a'], [], []]);
  });
});
