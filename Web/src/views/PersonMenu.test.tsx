import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dismissAll, toasts } from '../app/notices';
import { Chats } from '../chat/chats';
import type { Conversation } from '../chat/conversation';
import { fakeApi, problem, settle, type Asked } from '../testing/api';
import { stubChannels } from '../testing/channel';
import { clear, click, draw } from '../testing/page';
import { en } from '../words/en';
import { Blocks } from './Blocks';
import { PersonMenu } from './PersonMenu';

let chats: Chats;
let conversation: Conversation;
let asked: readonly Asked[];
let place: HTMLElement;
let refuses = false;

beforeEach(() => {
  localStorage.clear();
  dismissAll();
  stubChannels();
  refuses = false;
  asked = fakeApi(({ address }) => (refuses ? problem(503, 'unavailable')
    : address === '/chat/blocks/' ? { blocks: [{ username: 'علی', display_name: 'Ali', blocked_at: '2026-01-01T00:00:00.000Z' }, { username: 'omid', display_name: 'omid', blocked_at: '2026-01-01T00:00:00.000Z' }] }
      : address.startsWith('/chat/profile/') ? { username: 'علی', display_name: 'Ali <b>', bio: 'سلام', language: null, created_at: '2026-01-01T00:00:00.000Z' } : new Response(null, { status: 204 }))).asked;
  chats = new Chats('sara', () => undefined);
  conversation = chats.find('private', 'علی');
  place = draw(<PersonMenu chats={chats} conversation={conversation} />);
});
afterEach(() => {
  chats.end();
  clear();
  vi.unstubAllGlobals();
});

const press = async (text: string, within: ParentNode = place): Promise<void> => {
  click(Array.from(within.querySelectorAll('button')).find(({ textContent }) => textContent === text)!);
  await act(async () => settle());
};
const went = (): string[] => asked.map(({ method, address }) => `${method} ${decodeURIComponent(address)}`);

describe('The other of a private chat', () => {
  it('has a profile', async () => {
    await press(en.theirProfile);
    const shown = place.querySelector('dialog')!;
    expect([shown.querySelector('.subject')?.textContent, shown.querySelector('.bio')?.textContent, shown.querySelector('b')]).toEqual(['Ali <b>', 'سلام', null]);
    expect(went()).toEqual(['GET /chat/profile/علی/']);
  });

  it('whose profile cannot be had says why', async () => {
    refuses = true;
    await press(en.theirProfile);
    expect(place.querySelector('dialog [role=alert]')?.textContent).toBe(en.errors.unavailable);
  });

  it('is blocked after a question, and let in again without one', async () => {
    await press(en.block);
    expect([asked.length, place.querySelector('dialog')?.textContent.includes(en.blockAsk)]).toEqual([0, true]);
    await press(en.block, place.querySelector('dialog')!);
    expect([went(), conversation.blocked.value, place.querySelector('dialog')]).toEqual([['PUT /chat/blocks/علی/'], true, null]);
    await press(en.unblock);
    expect([went()[1], conversation.blocked.value]).toEqual(['DELETE /chat/blocks/علی/', false]);
  });

  it('stays blocked where that is not answered, and it says so', async () => {
    void act(() => void (conversation.blocked.value = true));
    refuses = true;
    await press(en.unblock);
    expect([conversation.blocked.value, toasts.value.map(({ what }) => what)]).toEqual([true, [en.errors.unavailable]]);
  });
});

describe('Who is blocked', () => {
  it('is listed when somebody looks, and let in from there', async () => {
    conversation.blocked.value = true;
    place = draw(<Blocks chats={chats} />);
    expect(asked).toEqual([]);
    const details = place.querySelector('details')!;
    await act(async () => {
      details.open = true;
      details.dispatchEvent(new Event('toggle'));
      await settle();
    });
    const items = (): string[] => Array.from(place.querySelectorAll('li')).map((one) => Array.from(one.querySelectorAll('bdi')).map(({ textContent }) => textContent).join(' '));
    expect(items()).toEqual(['Ali علی', 'omid']);
    click(place.querySelector<HTMLElement>(`[aria-label="${en.unblockOf('علی')}"]`)!);
    await act(async () => settle());
    expect([items(), conversation.blocked.value]).toEqual([['omid'], false]);
  });
});
