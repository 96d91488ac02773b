import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, later, problem, settle } from '../testing/api';
import { FakeChannel } from '../testing/channel';
import { dashboardOf, inGroup, message, messages } from '../testing/chat';
import { answerAll, asked, beginWithChats, chats, dashboard, dashboardIs, happened, hear, read, serve, start } from '../testing/chats';
import { FakeLocks, stubLocks } from '../testing/locks';
import { FakeSocket } from '../testing/socket';
import { Chats } from './chats';
import { PendingStore } from './pending';

beginWithChats();
beforeEach(async () => {
  vi.useFakeTimers();
  dashboardIs(dashboardOf([inGroup('a', 10, 4), inGroup('b', 20, 0)]));
  await start();
});

const change = (kind: string, more: object = {}) => ({ kind, message: '', sender: 'ali', timestamp: '2026-05-01T00:00:00.000Z', group: 'a', group_name: 'The a', ...more });

describe('An invitation', () => {
  it('is told and brings the group', async () => {
    dashboardIs(dashboardOf([inGroup('a', 10, 4), inGroup('b', 20, 0), inGroup('new', 3, 3)]));
    await hear(change('invite', { group: 'new', group_name: 'The new' }));
    expect(happened.mock.calls).toMatchObject([[{ type: 'invite', notification: { sender: 'ali', group: 'new' } }]]);
    expect(chats.mine.value.map(({ name }) => name)).toContain('new');
  });
});

describe.each(['removed', 'group_deleted'])('A group that is %s', (kind) => {
  it('is gone at once, told, and not counted any more', async () => {
    const conversation = chats.find('group', 'a');
    conversation.messages.value = messages(1, 10);
    dashboardIs(dashboardOf([inGroup('b', 20, 0)]));
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
    // Nor after a reload, to another group of that name: its writer decides.
    expect(new PendingStore('sara').all().map(({ text, failed }) => [text, failed])).toEqual([['x', true]]);
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
    await hear(change('of_today'));
    await hear(change('of_tomorrow'));
    expect([read(), happened.mock.calls.length, chats.mine.value.length]).toEqual([2, 0, 2]);
  });
});

describe('The end', () => {
  it('leaves no timer, no socket and no sending behind', async () => {
    answerAll(() => problem(503, 'unavailable'));
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
    answerAll(() => answer.answer);
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

describe('What an earlier page left', () => {
  it('is sent once the dashboard is read, one\'s own alone', async () => {
    new PendingStore('ali').put({ kind: 'group', name: 'a', clientId: 'c1', text: 'سلام', at: 1, failed: false });
    new PendingStore('ali.reza').put({ kind: 'group', name: 'a', clientId: 'c2', text: 'not mine', at: 1, failed: false });
    answerAll(({ address }) => (address === '/chat/' ? dashboard : message(11, { user: 'ali', client_id: 'c1' })));
    const other = new Chats('ali', happened);
    await other.start();
    await settle();
    other.end();
    expect(asked.slice(0, 2)).toMatchObject([{ address: '/chat/' }, { address: '/chat/group/a/', body: { message: 'سلام', client_id: 'c1' } }]);
    expect([new PendingStore('ali').all().length, new PendingStore('ali.reza').all().length]).toEqual([0, 1]);
  });
});
