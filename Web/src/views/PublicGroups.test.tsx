import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Chats } from '../chat/chats';
import { fakeApi } from '../testing/api';
import { stubChannels } from '../testing/channel';
import { group } from '../testing/chat';
import { clear, click, draw, type } from '../testing/page';
import { en } from '../words/en';
import { PublicGroups } from './PublicGroups';

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  stubChannels();
});
afterEach(() => {
  clear();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('Nothing is said to be missing while there are pages to come', async () => {
  let after: string | null = 'x';
  fakeApi(() => ({ groups: [], after }));
  const chats = new Chats('sara', () => undefined);
  const place = draw(<PublicGroups chats={chats} />);
  const finish = async (): Promise<void> => {
    await act(async () => {
      await vi.advanceTimersByTimeAsync(300);
    });
  };
  const shows = (): (string | undefined)[] => ['.hint', '.more', '[role=status]'].map((one) => place.querySelector(one)?.textContent);
  type(place.querySelector('input')!, 'کوه');
  await finish();
  expect(shows()).toEqual([undefined, en.moreGroups, '']);
  after = null;
  click(place.querySelector<HTMLElement>('.more')!);
  await finish();
  expect(shows()).toEqual([en.noGroupFound, undefined, en.groupsFound('0')]);
  fakeApi(() => ({ groups: [group('a')], after: null }));
  type(place.querySelector('input')!, 'a');
  await finish();
  expect(shows()).toEqual([undefined, undefined, en.groupsFound('1')]);
  chats.end();
});
