import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, settle, type Asked } from '../testing/api';
import { FakeChannel, stubChannels } from '../testing/channel';
import { FakeLocks, stubLocks } from '../testing/locks';
import { FakeSocket, stubSockets } from '../testing/socket';
import { Live } from './live';

const frame = { kind: 'private_message', id: 3, message: 'سلام', user: 'ali', sender: 'ali', recipient: 'sara', timestamp: '2026-01-01T00:00:00.000Z' };

let asked: Asked[] = [];
let lives: Live[] = [];

function tab(username = 'sara') {
  const events = { opened: vi.fn(), received: vi.fn(), read: vi.fn(), blocked: vi.fn(), changed: vi.fn() };
  const live = new Live(username, events);
  lives.push(live);
  live.start();
  return { live, ...events };
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  lives = [];
  stubSockets();
  stubChannels();
  stubLocks(new FakeLocks());
  asked = fakeApi(({ address }) => ({ url: `ws://service${address}` })).asked;
});

afterEach(() => {
  lives.forEach((live) => live.end());
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('One tab', () => {
  it('negotiates on the notifications of its person', async () => {
    const { live, opened, received } = tab('علی@a');
    await settle();
    expect(asked[0]).toMatchObject({ method: 'POST', address: `/ws/notifications/${encodeURIComponent('علی@a')}/` });
    expect(FakeSocket.last.url).toBe(`ws://service${asked[0]?.address}`);
    expect([live.leads, live.state.value]).toEqual([true, 'connecting']);
    FakeSocket.last.connected();
    FakeSocket.last.notify(frame);
    expect(live.state.value).toBe('open');
    expect(opened).toHaveBeenCalledTimes(1);
    expect(received.mock.calls).toEqual([[frame]]);
  });

  it('ends with its socket and channel, and leaves no timer', async () => {
    const { live } = tab();
    await settle();
    FakeSocket.last.connected();
    live.end();
    expect([FakeSocket.last.closed, FakeChannel.all[0]?.isClosed, vi.getTimerCount()]).toEqual([1, true, 0]);
    live.tell({ type: 'changed' }); // Nobody hears it any more, and nothing breaks.
  });
});

describe('Several tabs of one person', () => {
  it('have one socket, and all hear what it says', async () => {
    const [leader, follower, third] = [tab(), tab(), tab()];
    await settle();
    FakeSocket.last.connected();
    FakeSocket.last.notify(frame);
    await settle();
    expect([asked.length, FakeSocket.all.length]).toEqual([1, 1]);
    expect([leader.live.leads, follower.live.leads, third.live.leads]).toEqual([true, false, false]);
    for (const { opened, received } of [leader, follower, third]) {
      expect(opened).toHaveBeenCalledTimes(1);
      expect(received.mock.calls).toEqual([[frame]]);
    }
  });

  it('show the state of the one socket, one that comes later too', async () => {
    const [, follower] = [tab(), tab()];
    await settle();
    FakeSocket.last.connected();
    await settle();
    expect(follower.live.state.value).toBe('open');
    const late = tab();
    await settle();
    expect(late.live.state.value).toBe('open');
    FakeSocket.last.cut();
    await settle();
    expect([follower.live.state.value, late.live.state.value]).toEqual(['waiting', 'waiting']);
  });

  it('pass the socket on when the leader is closed', async () => {
    const [leader, follower, third] = [tab(), tab(), tab()];
    await settle();
    FakeSocket.last.connected();
    await settle();
    leader.live.end();
    await settle();
    expect([follower.live.leads, third.live.leads, FakeSocket.all.length]).toEqual([true, false, 2]);
    FakeSocket.last.connected();
    FakeSocket.last.notify(frame);
    await settle();
    expect(follower.opened).toHaveBeenCalledTimes(2); // What came between the two sockets is asked for.
    expect(third.opened).toHaveBeenCalledTimes(2);
    expect([leader.received.mock.calls.length, follower.received.mock.calls.length, third.received.mock.calls.length]).toEqual([0, 1, 1]);
  });

  it('skip one that was closed while it waited', async () => {
    const [leader, follower, third] = [tab(), tab(), tab()];
    await settle();
    follower.live.end();
    leader.live.end();
    await settle();
    expect([follower.live.leads, third.live.leads]).toEqual([false, true]);
  });

  it('tell each other what was read and changed, not themselves', async () => {
    const [first, second] = [tab(), tab()];
    await settle();
    second.live.tell({ type: 'read', key: 'group/a', id: 7 });
    second.live.tell({ type: 'changed' });
    await settle();
    expect(first.read.mock.calls).toEqual([['group/a', 7]]);
    expect(first.changed).toHaveBeenCalledTimes(1);
    expect([second.read.mock.calls.length, second.changed.mock.calls.length]).toEqual([0, 0]);
  });
});

describe('Tabs of two people', () => {
  it('have a socket each and hear nothing of each other', async () => {
    const [sara, ali] = [tab('sara'), tab('ali')];
    await settle();
    expect(asked.map(({ address }) => address)).toEqual(['/ws/notifications/sara/', '/ws/notifications/ali/']);
    FakeSocket.all[0]?.connected();
    FakeSocket.all[0]?.notify(frame);
    sara.live.tell({ type: 'changed' });
    await settle();
    expect([sara.received.mock.calls.length, ali.received.mock.calls.length, ali.changed.mock.calls.length]).toEqual([1, 0, 0]);
  });
});

describe('Without Web Locks', () => {
  it('every tab has its own socket, and hears each frame once', async () => {
    stubLocks(null);
    const [first, second] = [tab(), tab()];
    await settle();
    expect([first.live.leads, second.live.leads, FakeSocket.all.length]).toEqual([true, true, 2]);
    FakeSocket.all[0]?.connected();
    await settle();
    expect([first.live.state.value, second.live.state.value]).toEqual(['open', 'connecting']);
    FakeSocket.all[1]?.connected();
    FakeSocket.all.forEach((socket) => socket.notify(frame));
    await settle();
    expect([first, second].map(({ opened, received }) => [opened.mock.calls.length, received.mock.calls.length])).toEqual([[1, 1], [1, 1]]);
    second.live.tell({ type: 'read', key: 'group/a', id: 7 });
    await settle();
    expect(first.read).toHaveBeenCalledTimes(1);
  });
});
