import { afterEach, beforeEach, vi } from 'vitest';
import { Conversation } from '../chat/conversation';
import { PendingStore } from '../chat/pending';
import { fakeApi, type Asked } from './api';
import { group, ids, pageOf } from './chat';
import { stubLocks } from './locks';

/** Group `g` as Sara's page knows it in the test that runs; see {@link beginWithConversation}. */
export let conversation: Conversation;

/** The newest id of the log, as the service has it. */
export let last = 0;

/** What was asked since the answers were last set. */
export let asked: Asked[] = [];

/** What was asked, the group's address left out. */
export const queries = (): string[] => asked.map(({ method, address }) => `${method} ${address.replace('/chat/group/g/', '')}`.trim());

/** Ids on the page. */
export const shown = (): number[] => ids(conversation.messages.value);

export function logHas(id: number): void {
  last = id;
}

export function serve(answer: Parameters<typeof fakeApi>[0] = ({ address }) => pageOf(last, address, { group: group('g') })): void {
  asked = fakeApi(answer).asked;
}

/** Opens it when the log has so many. */
export async function openAt(id: number): Promise<void> {
  logHas(id);
  serve();
  await conversation.open();
  asked.length = 0;
}

/** Every test of the file begins with one that nobody has opened. */
export function beginWithConversation(): void {
  beforeEach(() => {
    localStorage.clear();
    stubLocks(null);
    conversation = new Conversation('group', 'g', 'group/g', new PendingStore('sara'));
  });
  afterEach(() => {
    conversation.end();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
}
