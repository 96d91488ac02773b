import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dismissAll, toasts } from '../app/notices';
import { Chats } from '../chat/chats';
import type { Conversation } from '../chat/conversation';
import { fakeApi, settle } from '../testing/api';
import { stubChannels } from '../testing/channel';
import { change, group, message, pageOf } from '../testing/chat';
import { clear, click, draw, press, type } from '../testing/page';
import { en } from '../words/en';
import { OpenConversation } from './OpenConversation';

let chats: Chats;
let conversation: Conversation;
let place: HTMLElement;

beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  stubChannels();
  dismissAll();
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  fakeApi(({ address }) => pageOf(200, address, { group: group('g') }));
  chats = new Chats('sara', () => undefined);
  conversation = chats.find('group', 'g');
  await conversation.open();
  conversation.receive(message(201, { user: 'sara', reply_to: 3 }));
  place = draw(<OpenConversation chats={chats} conversation={conversation} />);
});
afterEach(() => {
  chats.end();
  clear();
  vi.unstubAllGlobals();
});

const item = (id: number): HTMLElement => place.querySelector<HTMLElement>(`[data-id="${id}"]`)!;
const finish = async (): Promise<void> => {
  await act(async () => {
    await settle();
    await new Promise(requestAnimationFrame);
    await settle();
  });
};

describe('A quote', () => {
  it('leads to what it answers, which is loaded and has the focus then', async () => {
    await finish();
    expect([item(201).querySelector('.excerpt')?.textContent, item(3)]).toEqual(['m3', null]);
    click(item(201).querySelector<HTMLElement>('.quote')!);
    await vi.waitFor(async () => {
      await finish();
      expect(document.activeElement?.closest('li')?.dataset.id).toBe('3');
    });
  });
});

describe('A guest', () => {
  it('sees reactions and can press none, until they join', async () => {
    void act(() => conversation.receive(change(202, 200, { event: 'reaction', emoji: '👍', count: 2 })));
    await finish();
    const thumb = item(200).querySelector<HTMLButtonElement>('.reactions button')!;
    const isDisabled = (role: 'member' | null): boolean => {
      void act(() => void (conversation.group.value = group('g', { role })));
      return thumb.disabled;
    };
    expect([isDisabled(null), isDisabled('member')]).toEqual([true, false]);
  });
});

describe('A quote of something too far back', () => {
  it('says so, and leads nowhere', async () => {
    fakeApi(({ address }) => pageOf(10_000, address, { group: group('g') }));
    await act(async () => conversation.catchUp());
    void act(() => conversation.receive(message(10_001, { reply_to: 3 })));
    const { asked } = fakeApi(({ address }) => pageOf(10_000, address));
    click(item(10_001).querySelector<HTMLElement>('.quote')!);
    await finish();
    expect([toasts.value.map(({ what }) => what), asked.filter(({ address }) => address.includes('limit=200'))]).toEqual([[en.tooFarBack], []]);
  });
});

describe('A message that is deleted meanwhile', () => {
  const choose = (text: string): void => {
    click(item(200).querySelector<HTMLElement>('.act')!);
    click(Array.from(place.querySelectorAll<HTMLElement>('.sheet > button')).find(({ textContent }) => textContent === text)!);
  };
  const remove = (): void => void act(() => conversation.receive(change(202, 200, { event: 'deleted' })));

  it('is not answered any more; what was written stays', async () => {
    choose(en.reply);
    await finish();
    type(place.querySelector('textarea')!, 'an answer');
    expect(place.querySelector('.mode .excerpt')?.textContent).toBe('m200');
    remove();
    await finish();
    expect([place.querySelector('.mode'), place.querySelector('textarea')?.value, toasts.value.map(({ what }) => what)]).toEqual([null, 'an answer', [en.wasDeletedHere]]);
  });

  it('offers nothing any more, and the focus goes to the composer', async () => {
    click(item(200).querySelector<HTMLElement>('.act')!);
    expect(place.querySelector('dialog')).not.toBeNull();
    remove();
    await finish();
    expect([place.querySelector('dialog'), document.activeElement?.tagName]).toEqual([null, 'TEXTAREA']);
  });
});

describe('The last message of one\'s own', () => {
  it('is edited with the arrow up', async () => {
    press(place.querySelector('textarea')!, 'ArrowUp');
    await finish();
    expect([place.querySelector('.mode .who')?.textContent, place.querySelector('textarea')?.value]).toEqual([en.editing, 'm201']);
  });
});
