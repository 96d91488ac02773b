import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settle } from '../testing/api';
import { FakeSocket, stubSockets } from '../testing/socket';
import { Connection, type ConnectionState } from './connection';

const frame = (id: number) => ({ kind: 'group_message', id, message: 'x', sender: 'sara', timestamp: '2026-01-01T00:00:00.000Z', group: 'g' });

const negotiate = vi.fn<() => Promise<string>>();
const opened = vi.fn();
const received = vi.fn();
let states: ConnectionState[] = [];
let connection: Connection;

async function start(): Promise<void> {
  connection = new Connection(negotiate, { opened, received, changed: (state) => states.push(state) });
  connection.start();
  await settle();
}

async function startOpen(): Promise<FakeSocket> {
  await start();
  FakeSocket.last.connected();
  return FakeSocket.last;
}

/** How long it waits for its next try, in milliseconds; the try is then under way. */
async function waited(): Promise<number> {
  const [tries, began] = [negotiate.mock.calls.length, Date.now()];
  while (negotiate.mock.calls.length === tries && Date.now() - began < 60_000) {
    await vi.advanceTimersByTimeAsync(50);
  }

  return Date.now() - began;
}

let visible: DocumentVisibilityState = 'visible';

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(1);
  visible = 'visible';
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visible);
  stubSockets();
  negotiate.mockReset().mockImplementation(async () => `ws://service/${negotiate.mock.calls.length}`);
  opened.mockReset();
  received.mockReset();
  states = [];
});

afterEach(() => {
  connection.end();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('A connection opens', () => {
  it('with a negotiated address and the subprotocol', async () => {
    await start();
    expect([FakeSocket.last.url, FakeSocket.last.protocol]).toEqual(['ws://service/1', 'json.webpubsub.azure.v1']);
    expect(states).toEqual(['connecting']);
    expect(opened).not.toHaveBeenCalled();
    FakeSocket.last.connected();
    expect(states).toEqual(['connecting', 'open']);
    expect(opened).toHaveBeenCalledTimes(1);
  });

  it('and gives on what it hears, but nothing else', async () => {
    const socket = await startOpen();
    socket.notify(frame(1));
    socket.say('{"type":"pong"}');
    socket.say('not JSON');
    socket.notify(frame(2));
    expect(received.mock.calls).toEqual([[frame(1)], [frame(2)]]);
  });

  it('again after the service cut it, with a new address', async () => {
    (await startOpen()).cut();
    expect(states).toEqual(['connecting', 'open', 'waiting']);
    await vi.advanceTimersByTimeAsync(500);
    expect(FakeSocket.last.url).toBe('ws://service/2');
    FakeSocket.last.connected();
    expect(states.slice(3)).toEqual(['open']);
    expect(opened).toHaveBeenCalledTimes(2);
  });
});

describe('A connection that cannot open', () => {
  it('waits longer and longer, up to half a minute', async () => {
    negotiate.mockRejectedValue(new Error('offline'));
    await start();
    const waits: number[] = [];
    for (let round = 0; round < 8; round++) {
      waits.push(await waited());
    }

    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    expect(new Set(states.slice(1))).toEqual(new Set(['waiting'])); // The notice does not come and go with every attempt.
  });

  it('waits longer for sockets that are cut before they are on the channel too, and begins anew once one was', async () => {
    await start();
    FakeSocket.last.cut();
    expect(await waited()).toBe(500);
    FakeSocket.last.cut();
    expect(await waited()).toBe(1000);
    FakeSocket.last.connected();
    FakeSocket.last.cut();
    expect(await waited()).toBe(500);
  });

  it('gives a socket up that is not on the channel within ten seconds', async () => {
    await start();
    const socket = FakeSocket.last;
    socket.readyState = FakeSocket.OPEN;
    await vi.advanceTimersByTimeAsync(9999);
    expect(socket.closed).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(socket.closed).toBe(1);
    expect(states.at(-1)).toBe('waiting');
  });

  it('tries again after an address that no socket takes', async () => {
    negotiate.mockResolvedValueOnce('');
    await start();
    expect(states).toEqual(['connecting', 'waiting']);
    await vi.advanceTimersByTimeAsync(500);
    expect(FakeSocket.last.url).toBe('ws://service/2');
  });

  it('does not wait any longer when the network is back', async () => {
    negotiate.mockRejectedValue(new Error('offline'));
    await start();
    for (let round = 0; round < 6; round++) {
      await waited();
    }

    const tries = negotiate.mock.calls.length;
    dispatchEvent(new Event('online'));
    await settle();
    expect(negotiate).toHaveBeenCalledTimes(tries + 1);
    expect(await waited()).toBe(500);
  });

  it('does not wait any longer when somebody looks, and not before', async () => {
    negotiate.mockRejectedValue(new Error('offline'));
    await start();
    visible = 'hidden';
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(negotiate).toHaveBeenCalledTimes(1);
    visible = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(negotiate).toHaveBeenCalledTimes(2);
  });
});

describe('An open connection', () => {
  it('is not opened twice because somebody looks or the network is said to be back', async () => {
    await start();
    dispatchEvent(new Event('online'));
    FakeSocket.last.connected();
    dispatchEvent(new Event('online'));
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(FakeSocket.all).toHaveLength(1);
  });

  it('lets go when the network is lost, and comes back with it', async () => {
    const socket = await startOpen();
    dispatchEvent(new Event('offline'));
    expect([socket.closed, states.at(-1)]).toEqual([1, 'waiting']);
    dispatchEvent(new Event('online'));
    await settle();
    expect(FakeSocket.all).toHaveLength(2);
  });
});
