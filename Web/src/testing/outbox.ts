import { afterEach, beforeEach, vi } from 'vitest';
import type { Message } from '../api/shapes';
import { Outbox } from '../chat/outbox';
import { PendingStore } from '../chat/pending';
import { message } from './chat';

/** Sara's, for group `g`, in the test that runs; see {@link beginWithOutbox}. */
export let outbox: Outbox;
export let store: PendingStore;

/** Stands in for the service: it stores what is sent, unless the test says otherwise. */
export const post = vi.fn<(text: string, clientId: string) => Promise<Message>>();
export const sent = vi.fn();

export const texts = (): string[] => post.mock.calls.map(([text]) => text);
export const clientIds = (): string[] => post.mock.calls.map(([, clientId]) => clientId);

/** A new page's, over what the last one left. */
export const newOutbox = (): Outbox => new Outbox('group', 'g', store, post, sent);

/** Every test of the file begins with an empty one, at a standstill in time and without chance. */
export function beginWithOutbox(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(Math, 'random').mockReturnValue(1);
    localStorage.clear();
    post.mockReset().mockImplementation(async (text, client_id) => message(post.mock.calls.length, { message: text, client_id }));
    sent.mockReset();
    store = new PendingStore('sara');
    outbox = newOutbox();
  });
  afterEach(() => {
    outbox.end();
    vi.useRealTimers();
  });
}
