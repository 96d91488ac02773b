import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Dashboard } from '../api/shapes';
import { fakeApi, offline, problem, settle, type Asked } from '../testing/api';
import { stubChannels } from '../testing/channel';
import { dashboardOf, group, ids, inGroup, message, pageOf, waitingIn } from '../testing/chat';
import { FakeLocks, stubLocks } from '../testing/locks';
import { FakeSocket, stubSockets } from '../testing/socket';
import { Chats } from './chats';

const happened = vi.fn();
let chats: Chats;
let dashboard: Dashboard = dashboardOf();
let asked: Asked[] = [];
const addresses = (): string[] => asked.map(({ address }) => address);

function serve(answer: (one: Asked) => object = () => problem(404, 'not_found')): void {
  asked = fakeApi((one) => (one.address === '/chat/' ? dashboard : one.address.startsWith('/ws/') ? { url: 'ws://service/' } : answer(one))).asked;
}

beforeEach(() => {
  localStorage.clear();
  happened.mockReset();
  stubLocks(new FakeLocks());
  stubSockets();
  stubChannels();
  dashboard = dashboardOf([inGroup('a', 10, 4), inGroup('b', 20, 0)], {
    private_chats: [{ username: 'Omid', display_name: 'امید', last_message: message(15), unread: 1 }], public_groups: [group('c', { role: null })],
  });
  serve();
  chats = new Chats('sara', happened);
});
afterEach(() => {
  chats.end();
  vi.unstubAllGlobals();
});

async function start(): Promise<void> {
  await chats.start();
  await settle();
  FakeSocket.last.connected();
  await settle();
  asked.length = 0;
}

describe('After the socket was away', () => {
  it('the dashboard is read and what is open catches up', async () => {
    await start();
    serve(({ address }) => pageOf(10, address, { group: group('a') }));
    await chats.find('group', 'a').open();
    asked.length = 0;
    FakeSocket.last.connected();
    await settle();
    expect(addresses().sort()).toEqual(['/chat/', '/chat/group/a/?after=10&limit=200']);
  });

  it('what waits is sent at once', async () => {
    vi.useFakeTimers();
    await start();
    serve(offline);
    const { outbox } = chats.find('group', 'a');
    outbox.send('x');
    await settle();
    expect(waitingIn(outbox)).toEqual(['x waiting']);
    serve(() => message(11, { user: 'sara' }));
    FakeSocket.last.connected();
    await settle();
    expect(waitingIn(outbox)).toEqual([]);
    vi.useRealTimers();
  });

  it('what could not be read without a network is read', async () => {
    await start();
    serve(offline);
    const conversation = chats.find('group', 'a');
    await conversation.open();
    expect(conversation.state.value).toMatchObject({ code: 'offline' });
    serve(({ address }) => pageOf(10, address, { group: group('a') }));
    FakeSocket.last.connected();
    await settle();
    expect([conversation.state.value, ids(conversation.messages.value).length]).toEqual(['ready', 10]);
  });
});
