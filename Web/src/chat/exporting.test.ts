import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, problem } from '../testing/api';
import { readExport } from './exporting';

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

const lines = (...of: object[]): Response => new Response(of.map((one) => `${JSON.stringify(one)}\n`).join(''), { headers: { 'Content-Type': 'application/x-ndjson' } });
const [profile, more, end] = [{ type: 'profile', bio: 'سلام\n'.repeat(1000) }, { type: 'more', after: 'g-1.7', lines: 1 }, { type: 'end', lines: 1 }];

describe('The export', () => {
  it('goes on until it is said to be at its end, and is whole', async () => {
    const { asked } = fakeApi(({ address }) => (address.includes('after') ? lines({ type: 'group' }, end) : lines(profile, more)));
    const text = await (await readExport()).text();
    expect(asked.map(({ method, address }) => `${method} ${address}`)).toEqual(['GET /chat/profile/export/', 'GET /chat/profile/export/?after=g-1.7']);
    expect(text.trimEnd().split('\n').map((line) => JSON.parse(line) as object)).toEqual([profile, more, { type: 'group' }, end]);
  });

  it.each([
    ['is cut off between two lines', () => lines(profile)],
    ['is cut off within a line', () => new Response('{"type":"profile"}\n{"type":"en')],
    ['is empty', () => new Response('')],
  ])('that %s is none', async (_, answer) => {
    fakeApi(answer);
    await expect(readExport()).rejects.toMatchObject({ code: 'offline' });
  });

  it('that does not go on is given up, and one that is refused says why', async () => {
    fakeApi(() => lines(more));
    await expect(readExport()).rejects.toMatchObject({ code: 'internal' });
    fakeApi(() => problem(429, 'too_many_requests', { retryAfter: 10 }));
    await expect(readExport()).rejects.toMatchObject({ code: 'too_many_requests' });
  });
});
