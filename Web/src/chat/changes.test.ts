import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Dashboard } from '../api/shapes';
import { fakeApi, later, problem, settle, type Asked } from '../testing/api';
import { FakeChannel, stubChannels } from '../testing/channel';
import { dashboardOf, inGroup, messages } from '../testing/chat';
import { FakeLocks, stubLocks } from '../testing/locks';
import { FakeSocket, stubSockets } from '../testing/socket';
import { Chats } from './chats';
import { PendingStore } from './pending';

const happened = vi.fn();
let chats: Chats;
let dashboard: Dashboard = dashboardOf();
let asked: Asked[] = [];
const read = (): number => asked.filter(({ address }) => address === '/chat/').length;
const change = (kind: string, more: object = {}) => ({ kind, message: '', sender: 'ali', timestamp: '2026-05-01T00:00:00.000Z', group: 'a', group_name: 'The a', ...more });

function serve(): void {
  asked = fakeApi((one) => (one.address === '/chat/' ? dashboard : one.address.startsWith('/ws/') ? { url: 'ws://service/' } : new Response(null, { status: 204 }))).asked;
}

beforeEach(async () => {
  vi.useFakeTimers();
  localStorage.clear();
  happened.mockReset();
  stubLocks(new FakeLocks());
  stubSockets();
  stubChannels();
  dashboard = dashboardOf([inGroup('a', 10, 4), inGroup('b', 20, 0)]);
  serve();
  chats = new Chats('sara', happened);
  await chats.start();
  await settle();
  FakeSocket.last.connected();
  await settle();
  asked.length = 0;
});
afterEach(() => {
  chats.end();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const hear = async (notification: object): Promise<void> => {
  FakeSocket.last.notify(notification);
  await settle();
};

describe('An invitation', () => {
  it('is told and brings the group', async () => {
    dashboard = dashboardOf([inGroup('a', 10, 4), inGroup('b', 20, 0), inGroup('new', 3, 3)]);
    await hear(change('invite', { group: 'new', group_name: 'The new' }));
    expect(happened.mock.calls).toMatchObject([[{ type: 'invite', notification: { sender: 'ali', group: 'new' } }]]);
    expect(chats.mine.value.map(({ name }) => name)).toContain('new');
  });
});

describe.each(['removed', 'group_deleted'])('A group that is %s', (kind) => {
  it('is gone at once, told, and not counted any more', async () => {
    const conversation = chats.find('group', 'a');
    conversation.messages.value = messages(1, 10);
    dashboard = dashboardOf([inGroup('b', 20, 0)]);
    FakeSocket.last.notify(change(kind, { group: 'A' }));
    expect([conversation.state.value, conversation.messages.value.length, chats.mine.value.map(({ name }) => name), chats.unread.value]).toEqual(['gone', 0, ['b'], 0]);
    await settle();
    expect(happened.mock.calls).toMatchObject([[{ type: kind }]]);
    expect(read()).toBe(1);
  });

  it('by oneself, on another device, is no news', async () => {
    await hear(change(kind, { sender: 'Sara' }));
    expect(happened).not.toHaveBeenCalled();
  });

  it('sends nothing of what waited', async () => {
    const { outbox } = chats.find('group', 'a');
    fakeApi(() => problem(503, 'unavailable', { retryAfter: 1 }));
    outbox.send('x');
    await settle();
    serve();
    await hear(change(kind));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked.filter(({ body }) => body?.message === 'x')).toEqual([]);
  });

  it('is another conversation when one comes back into it', async () => {
    const old = chats.find('group', 'a');
    await hear(change(kind));
    await hear(change('invite'));
    const present = chats.find('group', 'a');
    expect(present).not.toBe(old);
    expect([present.state.value, chats.mine.value.includes(present), chats.mine.value.includes(old)]).toEqual(['new', true, false]);
  });
});

describe('A change that is not known', () => {
  it('reads the dashboard and tells nothing', async () => {
    await hear(change('mention'));
    await hear(change('of_tomorrow'));
    expect([read(), happened.mock.calls.length, chats.mine.value.length]).toEqual([2, 0, 2]);
  });
});

describe('Reading', () => {
  const reports = () => asked.filter(({ address }) => address.endsWith('/read/')).map(({ address, body }) => [address, body?.id]);

  it('is reported together, up to the newest that is here', async () => {
    const conversation = chats.find('group', 'a');
    for (const last of [8, 9, 10]) {
      conversation.messages.value = messages(1, last);
      chats.reading.seen(conversation);
      await vi.advanceTimersByTimeAsync(200);
    }

    expect(reports()).toEqual([]);
    expect([conversation.readUpTo.value, conversation.unread.value, chats.unread.value]).toEqual([10, 0, 0]);
    await vi.advanceTimersByTimeAsync(100);
    expect(reports()).toEqual([['/chat/group/a/read/', 10]]);
  });

  it('goes forward alone', async () => {
    const conversation = chats.find('group', 'a');
    conversation.messages.value = messages(1, 6);
    chats.reading.seen(conversation); // The dashboard says that 6 are read.
    conversation.messages.value = [];
    chats.reading.seen(conversation);
    await vi.advanceTimersByTimeAsync(1000);
    expect([reports(), conversation.readUpTo.value]).toEqual([[], 6]);
  });

  it('of two conversations is reported for each', async () => {
    chats.find('group', 'a').messages.value = messages(1, 10);
    chats.find('group', 'b').messages.value = messages(1, 21);
    ['a', 'b'].forEach((name) => chats.reading.seen(chats.find('group', name)));
    await vi.advanceTimersByTimeAsync(300);
    expect(reports()).toEqual([['/chat/group/a/read/', 10], ['/chat/group/b/read/', 21]]);
  });

  it('is told to the other tabs at once, and theirs is heard, forward alone', async () => {
    const tab = new FakeChannel('chat.sara');
    const heard: unknown[] = [];
    tab.onmessage = ({ data }) => heard.push(data);
    const conversation = chats.find('group', 'a');
    conversation.messages.value = messages(1, 9);
    chats.reading.seen(conversation);
    await settle();
    expect(heard).toContainEqual({ type: 'read', key: 'group/a', id: 9 });
    tab.postMessage({ type: 'read', key: 'group/a', id: 10 });
    tab.postMessage({ type: 'read', key: 'group/a', id: 3 });
    tab.postMessage({ type: 'read', key: 'group/unknown', id: 3 });
    await settle();
    expect([conversation.readUpTo.value, chats.unread.value]).toEqual([10, 0]);
  });

  it('that cannot be reported breaks nothing, and nothing is reported after the end', async () => {
    const conversation = chats.find('group', 'a');
    conversation.messages.value = messages(1, 9);
    asked = fakeApi(() => problem(503, 'unavailable')).asked;
    chats.reading.seen(conversation);
    await vi.advanceTimersByTimeAsync(300);
    expect(reports()).toHaveLength(1);
    conversation.messages.value = messages(1, 10);
    chats.reading.seen(conversation);
    chats.end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reports()).toHaveLength(1);
  });
});

describe('The end', () => {
  it('leaves no timer, no socket and no sending behind', async () => {
    asked = fakeApi(() => problem(503, 'unavailable')).asked;
    chats.find('group', 'a').outbox.send('x');
    await settle();
    chats.end();
    const count = asked.length;
    dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(120_000);
    expect([asked.length, vi.getTimerCount(), FakeSocket.last.closed]).toEqual([count, 0, 1]);
  });

  it.each([['with', true], ['without', false]])('that comes while the dashboard is read opens nothing and sends nothing (%s Web Locks)', async (_, hasLocks) => {
    stubLocks(hasLocks ? new FakeLocks() : null);
    new PendingStore('ali').put({ kind: 'group', name: 'a', clientId: 'c1', text: 'x', at: 1, failed: false });
    const answer = later();
    asked = fakeApi(() => answer.answer).asked;
    const sockets = FakeSocket.all.length;
    const other = new Chats('ali', happened);
    const starting = other.start();
    other.end();
    answer.come(dashboard);
    await starting;
    await vi.advanceTimersByTimeAsync(1000);
    expect([asked.map(({ address }) => address), FakeSocket.all.length]).toEqual([['/chat/'], sockets]);
  });

  it('in another tab that changes the dashboard is followed', async () => {
    new FakeChannel('chat.sara').postMessage({ type: 'changed' });
    await settle();
    expect(read()).toBe(1);
    await chats.changed();
    expect(read()).toBe(2);
  });
});
