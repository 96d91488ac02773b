import { describe, expect, it } from 'vitest';
import { Backoff } from './backoff';
import { readFrame } from './frames';

const notification = { kind: 'invite', message: '', sender: 'sara', timestamp: '2026-01-01T00:00:00.000Z', group: 'g' };

describe('A frame', () => {
  it('of the service says that the socket is on its channel', () => {
    expect(readFrame('{"type":"system","event":"connected","connectionId":"c"}')).toEqual({ type: 'connected' });
    expect(readFrame('{"type":"system","event":"disconnected"}')).toEqual({ type: 'other' });
  });

  it('with a notification is one, whoever sent it', () => {
    expect(readFrame(JSON.stringify({ type: 'message', from: 'server', dataType: 'json', data: notification }))).toEqual({ type: 'notification', notification });
  });

  it.each([
    '', 'null', '7', '"text"', '[]', '{', '{}', '{"type":"pong"}', '{"type":"ack","ackId":1}', '{"type":"message"}', '{"type":"message","data":null}',
    '{"type":"message","data":"text"}', '{"type":"message","data":{"kind":"invite"}}', '{"type":"message","data":{"kind":7,"sender":"a","message":""}}',
    '{"type":"message","data":{"kind":"invite","sender":null,"message":""}}', '{"type":"message","data":{"kind":"invite","sender":"a"}}',
    JSON.stringify(notification), '{"type":"message","data":{"error":{"code":"x"}}}', new ArrayBuffer(2), undefined, null,
  ])('that is not understood is other: %j', (frame) => {
    expect(readFrame(frame)).toEqual({ type: 'other' });
  });
});

describe('Backoff', () => {
  it('doubles up to the most, half of it left to chance', () => {
    const least = new Backoff(500, 30_000, () => 0);
    expect(Array.from({ length: 8 }, () => least.next())).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
    const most = new Backoff(500, 30_000, () => 1);
    expect(Array.from({ length: 8 }, () => most.next())).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it('begins again after a success', () => {
    const backoff = new Backoff(1000, 15_000, () => 1);
    backoff.next();
    backoff.next();
    backoff.reset();
    expect(backoff.next()).toBe(1000);
  });

  it('stays bounded for ever', () => {
    const backoff = new Backoff();
    const waits = Array.from({ length: 2000 }, () => backoff.next());
    expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
    expect(Math.min(...waits.slice(10))).toBeGreaterThanOrEqual(15_000);
    expect(new Set(waits).size).toBeGreaterThan(100);
  });
});
