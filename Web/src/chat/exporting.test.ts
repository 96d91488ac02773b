import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem } from '../testing/api';
import { readExport } from './exporting';

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

const lines = (...of: object[]): Response => new Response(of.map((one) => `${JSON.stringify(one)}\n`).join(''), { headers: { 'Content-Type': 'application/x-ndjson' } });
const [profile, more, end] = [{ type: 'profile', bio: 'سلام\n'.repeat(1000) }, { type: 'more', after: 'inbox-1.7', lines: 1 }, { type: 'end', lines: 2 }];
const [group, message] = [{ type: 'group', slug: 'گروه' }, { type: 'message', message: '{"type":"end","lines":0}\n' }];

describe('The export', () => {
  it('goes on until it is said to be at its end, and is one: its lines, and how many there are', async () => {
    const { asked } = fakeApi(({ address }) => (address.includes('after') ? lines(group, message, end) : lines(profile, more)));
    const text = await (await readExport()).text();
    expect(asked.map(({ method, address }) => `${method} ${address}`)).toEqual(['GET /chat/profile/export/', 'GET /chat/profile/export/?after=inbox-1.7']);
    expect(text.trimEnd().split('\n').map((line) => JSON.parse(line) as object)).toEqual([profile, group, message, { type: 'end', lines: 3 }]);
    expect(text.endsWith('}\n')).toBe(true);
  });

  it.each([
    ['is cut off between two lines', () => lines(profile)],
    ['is cut off within a line', () => new Response('{"type":"profile"}\n{"type":"en')],
    ['is cut off within its last line', () => new Response('{"type":"profile"}\n{"type":"end","lines":1')],
    ['is empty', () => new Response('')],
    ['breaks on its way', () => new Response(new ReadableStream({ start: (stream) => stream.error(new TypeError('network error')) }))],
  ])('that %s is none', async (_, answer) => {
    fakeApi(answer);
    await expect(readExport()).rejects.toMatchObject({ code: 'cut_off' });
  });

  it('that does not go on is given up, and one that is refused says why', async () => {
    fakeApi(() => lines(more));
    await expect(readExport()).rejects.toMatchObject({ code: 'internal' });
    fakeApi(() => problem(429, 'too_many_requests', { retryAfter: 10 }));
    await expect(readExport()).rejects.toMatchObject({ code: 'too_many_requests' });
  });
});
