import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settle } from '../testing/api';
import { FakeSocket, stubSockets } from '../testing/socket';
import { Connection, type ConnectionState } from './connection';

const opened = vi.fn();
const received = vi.fn();
const negotiate = vi.fn<() => Promise<string>>();
let states: ConnectionState[] = [];
let connection: Connection;

async function startOpen(): Promise<FakeSocket> {
  connection = new Connection(negotiate, { opened, received, changed: (state) => states.push(state) });
  connection.start();
  await settle();
  FakeSocket.last.connected();
  return FakeSocket.last;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(1);
  stubSockets();
  negotiate.mockReset().mockResolvedValue('ws://service/');
  opened.mockReset();
  received.mockReset();
  states = [];
});

afterEach(() => {
  connection.end();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const ping = '{"type":"ping"}';

describe('The pulse of a connection', () => {
  it('pings every 15 seconds', async () => {
    const socket = await startOpen();
    await vi.advanceTimersByTimeAsync(14_999);
    expect(socket.sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(socket.sent).toEqual([ping]);
  });

  it('keeps a quiet socket that answers', async () => {
    const socket = await startOpen();
    for (let minute = 0; minute < 40; minute++) {
      await vi.advanceTimersByTimeAsync(15_000);
      socket.say('{"type":"pong"}');
    }

    expect(socket.sent).toHaveLength(40);
    expect([socket.closed, FakeSocket.all.length]).toEqual([0, 1]);
  });

  it('ends a socket that says nothing any more, and opens another', async () => {
    const socket = await startOpen();
    await vi.advanceTimersByTimeAsync(44_999);
    expect(socket.closed).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect([socket.closed, states.at(-1)]).toEqual([1, 'waiting']);
    await vi.advanceTimersByTimeAsync(500);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it('ends a socket that is closing and never closed', async () => {
    const socket = await startOpen();
    socket.readyState = 2;
    await vi.advanceTimersByTimeAsync(45_500);
    expect([socket.sent.length, FakeSocket.all.length]).toEqual([0, 2]);
  });

  it('takes every frame for a sign of life', async () => {
    const socket = await startOpen();
    for (let round = 0; round < 10; round++) {
      await vi.advanceTimersByTimeAsync(15_000);
      socket.notify({ kind: 'invite', sender: 'sara', message: '' });
    }

    expect(socket.closed).toBe(0);
  });

  it('keeps a socket that answers in a tab whose timers the browser lets run once a minute', async () => {
    const socket = await startOpen();
    for (let minute = 0; minute < 5; minute++) {
      vi.setSystemTime(Date.now() + 45_000); // The clock runs, the timers don't.
      await vi.advanceTimersByTimeAsync(15_000);
      socket.say('{"type":"pong"}');
    }

    expect(socket.sent).toHaveLength(5);
    expect([socket.closed, FakeSocket.all.length]).toEqual([0, 1]);
  });
});

describe('What is over', () => {
  it('says nothing any more: a late frame or close of an old socket is nobody\'s', async () => {
    const old = await startOpen();
    const { onclose, onmessage } = old;
    dispatchEvent(new Event('offline'));
    dispatchEvent(new Event('online'));
    await settle();
    FakeSocket.last.connected();
    states = [];
    onclose?.();
    onmessage?.({ data: '{"type":"system","event":"connected"}' });
    onmessage?.({ data: '{"type":"message","data":{"kind":"invite","sender":"a","message":""}}' });
    await vi.advanceTimersByTimeAsync(5000);
    expect(states).toEqual([]);
    expect([opened.mock.calls.length, received.mock.calls.length, FakeSocket.all.length]).toEqual([2, 0, 2]);
    expect(old.closed).toBe(1);
  });

  it('leaves no timer and no listener behind', async () => {
    const socket = await startOpen();
    const { onclose } = socket;
    connection.end();
    states = [];
    onclose?.();
    for (const name of ['online', 'offline']) {
      dispatchEvent(new Event(name));
    }

    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(120_000);
    expect(vi.getTimerCount()).toBe(0);
    expect([socket.closed, states.length, FakeSocket.all.length, negotiate.mock.calls.length]).toEqual([1, 0, 1, 1]);
  });

  it('takes every listener off again', async () => {
    const calls = [addEventListener, removeEventListener].map((_, index) => [globalThis, document].map((on) => vi.spyOn(on, index === 0 ? 'addEventListener' : 'removeEventListener')));
    await startOpen();
    connection.end();
    const [added, removed] = calls.map((spies) => spies.flatMap((spy) => spy.mock.calls.map(([name, listener]) => [name, listener])));
    expect(added).toHaveLength(3);
    expect(removed).toEqual(added);
  });

  it('opens no socket when the address comes too late', async () => {
    let come: (url: string) => void = () => undefined;
    negotiate.mockReturnValue(new Promise((resolve) => (come = resolve)));
    connection = new Connection(negotiate, { opened, received, changed: (state) => states.push(state) });
    connection.start();
    connection.end();
    come('ws://service/');
    await settle();
    expect(FakeSocket.all).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not try again when the address is refused too late', async () => {
    let refuse: (error: Error) => void = () => undefined;
    negotiate.mockReturnValue(new Promise((_, reject) => (refuse = reject)));
    connection = new Connection(negotiate, { opened, received, changed: (state) => states.push(state) });
    connection.start();
    connection.end();
    refuse(new Error('offline'));
    await settle();
    expect([states, vi.getTimerCount()]).toEqual([['connecting'], 0]);
  });
});
