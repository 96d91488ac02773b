import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, later, offline, type Asked } from '../testing/api';
import { group } from '../testing/chat';
import { Directory } from './directory';

let directory: Directory;
const slugs = (): string[] | undefined => directory.found.value?.map(({ slug }) => slug);
const addresses = (asked: readonly Asked[]): string[] => asked.map(({ address }) => address);

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  directory = new Directory();
});
afterEach(() => {
  directory.end();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function search(text: string, wait = 300): Promise<void> {
  directory.search(text);
  await vi.advanceTimersByTimeAsync(wait);
}

describe('The search of public groups', () => {
  it('asks when somebody pauses, once, and shows nothing of its own when nothing is searched for', async () => {
    const { asked } = fakeApi(() => ({ groups: [group('کوه')], after: null }));
    await search('ک', 200);
    await search('کو', 299);
    expect([asked.length, directory.busy.value]).toEqual([0, true]);
    await search('کو ', 1);
    expect([addresses(asked).map(decodeURIComponent), slugs(), directory.busy.value, directory.hasMore.value]).toEqual([['/chat/groups/?q=کو'], ['کوه'], false, false]);
    await search('  ');
    expect([asked.length, slugs()]).toEqual([1, undefined]);
  });

  it('goes on page by page', async () => {
    const { asked } = fakeApi(({ address }) => (address.includes('after') ? { groups: [group('c')], after: null } : { groups: [group('a'), group('b')], after: 'b & c' }));
    await search('x');
    expect(directory.hasMore.value).toBe(true);
    await Promise.all([directory.more(), directory.more()]);
    expect([addresses(asked)[1], asked.length, slugs(), directory.hasMore.value]).toEqual(['/chat/groups/?q=x&after=b+%26+c', 2, ['a', 'b', 'c'], false]);
    await directory.more();
    expect(asked).toHaveLength(2);
  });

  it('passes over pages that hold nothing, so many at once', async () => {
    const { asked } = fakeApi((_, count) => (count < 4 ? { groups: [], after: `p${count}` } : { groups: [group('a')], after: null }));
    await search('x');
    expect([addresses(asked).slice(1), slugs(), directory.hasMore.value]).toEqual([[1, 2, 3].map((page) => `/chat/groups/?q=x&after=p${page}`), ['a'], false]);
    const endless = fakeApi((_, count) => ({ groups: [], after: `p${count}` }));
    await search('y');
    expect([endless.asked.length, slugs(), directory.hasMore.value]).toEqual([6, [], true]);
  });

  it('stops passing over pages when something else is searched for', async () => {
    const slow = later();
    const { asked } = fakeApi(({ address }) => (address.endsWith('q=a') ? slow.answer : { groups: [group('b')], after: null }));
    await search('a');
    await search('b');
    slow.come({ groups: [], after: 'x' });
    await vi.advanceTimersByTimeAsync(0);
    expect([asked.length, slugs()]).toEqual([2, ['b']]);
  });

  it('shows what was searched for last, whatever is answered last', async () => {
    const slow = later();
    fakeApi(({ address }) => (address.endsWith('q=a') ? slow.answer : { groups: [group('b')], after: null }));
    await search('a');
    await search('b');
    slow.come({ groups: [group('a')], after: 'x' });
    await vi.advanceTimersByTimeAsync(0);
    expect([slugs(), directory.hasMore.value]).toEqual([['b'], false]);
  });

  it('that fails says so, and can be tried again', async () => {
    fakeApi(offline);
    await search('a');
    expect([directory.problem.value?.code, directory.busy.value]).toEqual(['offline', false]);
    fakeApi(() => ({ groups: [], after: null }));
    await directory.retry();
    expect([directory.problem.value, slugs()]).toEqual([null, []]);
  });
});
