import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dismissAll, toasts } from '../app/notices';
import { Chats } from '../chat/chats';
import type { Conversation } from '../chat/conversation';
import { fakeApi, problem, settle, type Asked } from '../testing/api';
import { stubChannels } from '../testing/channel';
import { dashboardOf, message, pageOf } from '../testing/chat';
import { clear, click, draw, type } from '../testing/page';
import { en } from '../words/en';
import { fa } from '../words/fa';
import { language } from '../words/language';
import { ConversationView } from './ConversationView';
import { OpenConversation } from './OpenConversation';

let chats: Chats;
let asked: readonly Asked[];
let place: HTMLElement;
let gone = false;
let blocked: boolean | undefined;
let refusal: (() => Response) | null = null;

const answer = ({ method, address }: Asked): Response | object => {
  if (method !== 'GET' || gone) {
    return refusal?.() ?? new Response(null, { status: 204 });
  }

  return address === '/chat/' ? dashboardOf() : pageOf(2, address, { with: { username: 'علی', display_name: 'Ali' }, reads: [], ...(blocked ? { blocked } : {}) });
};

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  dismissAll();
  stubChannels();
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  [blocked, refusal, gone] = [undefined, null, false];
  asked = fakeApi(answer).asked;
  chats = new Chats('sara', () => undefined);
});
afterEach(() => {
  chats.end();
  clear();
  vi.unstubAllGlobals();
});

const finish = async (): Promise<void> => {
  await act(async () => {
    await settle();
    await new Promise(requestAnimationFrame);
    await settle();
  });
};
async function open(name: string): Promise<Conversation> {
  const conversation = chats.find('private', name);
  await conversation.open();
  conversation.receive(message(3, { reactions: [{ emoji: '👍', count: 1 }] }));
  place = draw(<OpenConversation chats={chats} conversation={conversation} />);
  await finish();
  return conversation;
}
const area = (): HTMLTextAreaElement | null => place.querySelector('.composer textarea');
const note = (): string | undefined => place.querySelector('.banner-place')?.textContent;
const went = (): string[] => asked.map(({ method, address }) => `${method} ${decodeURIComponent(address)}`).filter((one) => !/^GET|typing/.test(one));

describe('Whom one has blocked', () => {
  it('is not written to, and what was typed is there again afterwards', async () => {
    const conversation = await open('علی');
    type(area()!, 'سلام');
    expect(note()).toBe('');
    blocked = true;
    await conversation.catchUp();
    await finish();
    expect([note(), area(), place.querySelector('[role=status].banner-place') !== null]).toEqual([`${en.youBlocked} ${en.unblock}`, null, true]);
    click(place.querySelector<HTMLElement>('.banner button')!);
    await finish();
    expect([went(), note(), area()?.value]).toEqual([['DELETE /chat/blocks/علی/'], '', 'سلام']);
    expect(document.activeElement).toBe(area());
  });

  it('is so from the first page on, and stays so where the service does not answer', async () => {
    blocked = true;
    await open('علی');
    refusal = () => problem(503, 'unavailable');
    click(place.querySelector<HTMLElement>('.banner button')!);
    await finish();
    expect([area(), toasts.value.map(({ what }) => what)]).toEqual([null, [en.errors.unavailable]]);
  });

  it('is known to the other tabs', async () => {
    const conversation = await open('علی');
    const other = new Chats('sara', () => undefined);
    other.live.tell({ type: 'blocked', username: 'علي', blocked: true });
    await finish();
    expect([conversation.blocked.value, area()]).toEqual([true, null]);
    other.end();
  });
});

describe('Who is blocked by the other', () => {
  it.each([['en', en], ['fa', fa]] as const)('keeps what they wrote, and is told why it is not sent (%s)', async (spoken, texts) => {
    language.value = spoken;
    const conversation = await open('علی');
    refusal = () => problem(403, 'blocked');
    type(area()!, 'سلام');
    void act(() => void area()!.closest('form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })));
    await finish();
    expect([conversation.state.value, conversation.outbox.pending.value.map(({ text, state }) => `${text} ${state}`)]).toEqual(['ready', ['سلام failed']]);
    expect(place.querySelector('.pending .failed')?.textContent).toContain(texts.errors.blocked);
    expect(area()).not.toBeNull();
  });
});

describe('Somebody who has deleted their account', () => {
  it('can be read, and nothing else', async () => {
    const conversation = await open('deleted-0123456789ab');
    expect([note(), area(), conversation.messages.value.length]).toEqual([en.deletedChat, null, 3]);
    expect(place.querySelector<HTMLButtonElement>('.reactions button')?.disabled).toBe(true);
    expect(asked.filter(({ address }) => address.endsWith('presence/'))).toEqual([]);
  });

  it('is not there under their name any more: what was written is kept, and the list is read again', async () => {
    const conversation = await open('علی');
    refusal = () => problem(404, 'not_found');
    conversation.outbox.send('x');
    await finish();
    expect(place.querySelector('.pending .failed')?.textContent).toContain(en.nobodyThere);
    expect(asked.filter(({ address }) => address === '/chat/')).toHaveLength(1);
  });

  it('is not there after the socket was away either', async () => {
    const conversation = await open('علی');
    refusal = () => problem(404, 'not_found');
    gone = true;
    place = draw(<ConversationView chats={chats} kind="private" name="علی" />);
    await conversation.recover();
    await finish();
    expect(place.querySelector('.empty[role=alert]')?.textContent).toBe(en.nobodyThere);
  });

  it('is no group whose address looks like it', () => {
    expect([chats.find('group', 'deleted-0123456789ab').isErased, chats.find('private', 'deleted-x').isErased]).toEqual([false, false]);
  });
});
