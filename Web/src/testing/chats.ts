import { afterEach, beforeEach, vi } from 'vitest';
import { Chats } from '../chat/chats';
import type { Dashboard } from '../api/shapes';
import { fakeApi, settle, type Asked } from './api';
import { stubChannels } from './channel';
import { dashboardOf, group, inGroup, message } from './chat';
import { FakeLocks, stubLocks } from './locks';
import { FakeSocket, stubSockets } from './socket';

/** Sara's chats in the test that runs; see {@link beginWithChats}. */
export let chats: Chats;

/** What was asked since the answers were last set. */
export let asked: Asked[] = [];

/** What the service has for the dashboard. */
export let dashboard: Dashboard = dashboardOf();

export const happened = vi.fn();

export const addresses = (): string[] => asked.map(({ address }) => address);

/** How often the dashboard was read. */
export const read = (): number => addresses().filter((address) => address === '/chat/').length;

export function dashboardIs(shown: Dashboard): void {
  dashboard = shown;
}

export function answerAll(answer: Parameters<typeof fakeApi>[0]): void {
  asked = fakeApi(answer).asked;
}

/** The dashboard and a socket's address are there; the rest is the test's. */
export function serve(answer: (one: Asked) => object = () => new Response(null, { status: 204 })): void {
  answerAll((one) => (one.address === '/chat/' ? dashboard : one.address.startsWith('/ws/') ? { url: 'ws://service/' } : answer(one)));
}

/** Until the dashboard is read and the socket is open. */
export async function start(): Promise<void> {
  await chats.start();
  await settle();
  FakeSocket.last.connected();
  await settle();
  asked.length = 0;
}

/** The socket brings it. */
export async function hear(notification: object): Promise<void> {
  FakeSocket.last.notify(notification);
  await settle();
}

/** Every test of the file begins with two groups, a private chat and a public group of others; nothing is started. */
export function beginWithChats(): void {
  beforeEach(() => {
    localStorage.clear();
    happened.mockReset();
    stubLocks(new FakeLocks());
    stubSockets();
    stubChannels();
    dashboardIs(dashboardOf([inGroup('a', 10, 4), inGroup('b', 20, 0)], {
      private_chats: [{ username: 'Omid', display_name: 'امید', last_message: message(15), unread: 1 }], public_groups: [group('c', { role: null })],
    }));
    serve();
    chats = new Chats('sara', happened);
  });
  afterEach(() => {
    chats.end();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
}
