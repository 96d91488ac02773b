import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dismissAll, toasts } from '../app/notices';
import type { Group, Message } from '../api/shapes';
import { Conversation } from '../chat/conversation';
import { PendingStore } from '../chat/pending';
import { fakeApi, problem, settle } from '../testing/api';
import { group, message } from '../testing/chat';
import { clear, click, draw, press, type } from '../testing/page';
import { en } from '../words/en';
import { MessageChoices } from './MessageChoices';

let conversation: Conversation;
let place: HTMLElement;
const closed = vi.fn();
const setMode = vi.fn();

beforeEach(() => {
  localStorage.clear();
  dismissAll();
  [closed, setMode].forEach((one) => one.mockReset());
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  conversation = new Conversation('group', 'g', 'group/g', new PendingStore('sara'));
});
afterEach(() => {
  clear();
  vi.unstubAllGlobals();
});

function menu(of: Partial<Message> = {}, role: Group['role'] = 'member') {
  conversation.group.value = group('g', { role });
  const chosen = { message: message(5, of), beside: document.createElement('button') };
  place = draw(<MessageChoices conversation={conversation} me="sara" chosen={chosen} closed={closed} setMode={setMode} />);
  return Array.from(place.querySelectorAll('.sheet > button')).map(({ textContent }) => textContent);
}

const button = (text: string): HTMLElement => Array.from(place.querySelectorAll('button')).find(({ textContent }) => textContent === text)!;
const finish = async (): Promise<void> => {
  await act(async () => settle());
};

describe('The menu of a message', () => {
  it.each([
    ['member', 'ali', [en.reply, en.copy]],
    ['member', 'SARA', [en.reply, en.edit, en.copy, en.deleteMessage]],
    ['admin', 'ali', [en.reply, en.copy, en.deleteMessage]],
    ['owner', 'ali', [en.reply, en.copy, en.deleteMessage]],
    [null, 'sara', [en.reply, en.copy]],
  ] as const)('of role %s over a message of %s', (role, user, items) => {
    expect(menu({ user }, role)).toEqual(items);
    expect(place.querySelector('.quick') === null).toBe(role === null);
  });

  it.each([
    ['علی', 'blocked', [en.copy, en.deleteMessage], true],
    ['deleted-0123456789ab', 'has deleted their account', [en.copy], false],
  ])('with %s, who %s, has no answer and no edit', (name, _, items, reacts) => {
    conversation = new Conversation('private', name, `private/${name}`, new PendingStore('sara'));
    conversation.blocked.value = reacts;
    expect(menu({ user: 'sara' })).toEqual(items);
    expect(place.querySelector('.quick') !== null).toBe(reacts);
  });

  it('goes on to an answer or an edit', () => {
    menu({ user: 'sara' });
    click(button(en.edit));
    expect(setMode.mock.calls).toEqual([[{ kind: 'edit', message: message(5, { user: 'sara' }) }]]);
    menu();
    click(button(en.reply));
    expect([setMode.mock.calls[1], closed.mock.calls.length]).toEqual([[{ kind: 'reply', message: message(5) }], 2]);
  });

  it('asks before it deletes, and says when that is refused', async () => {
    let answer = problem(503, 'unavailable');
    const { asked } = fakeApi(() => answer);
    menu({ user: 'sara' });
    click(button(en.deleteMessage));
    expect([asked.length, place.querySelector('dialog')?.textContent.includes(en.deleteMessageAsk)]).toEqual([0, true]);
    click(place.querySelector<HTMLElement>('.buttons .danger')!);
    await finish();
    expect([place.querySelector('[role=alert]')?.textContent, closed.mock.calls.length]).toEqual([en.errors.unavailable, 0]);
    answer = new Response(null, { status: 204 });
    click(place.querySelector<HTMLElement>('.buttons .danger')!);
    await finish();
    expect([asked.map(({ method, address }) => `${method} ${address}`)[1], closed.mock.calls.length]).toEqual(['DELETE /chat/group/g/messages/5/', 1]);
  });

  it('copies the text as it is, or says that the browser does not let it', async () => {
    const writeText = vi.fn(async () => undefined);
    vi.stubGlobal('navigator', { language: 'en', languages: ['en'], clipboard: { writeText } });
    menu({ message: 'a\nب' });
    click(button(en.copy));
    await finish();
    expect([writeText.mock.calls, toasts.value.map(({ what }) => what)]).toEqual([[['a\nب']], [en.copied]]);
    writeText.mockRejectedValueOnce(new Error('no'));
    menu();
    click(button(en.copy));
    await finish();
    expect(toasts.value.at(-1)?.what).toBe(en.notCopied);
  });
});

describe('A reaction', () => {
  it('is one press; pressed again, it is taken back', async () => {
    const { asked } = fakeApi(() => new Response(null, { status: 204 }));
    menu({ reactions: [{ emoji: '❤', count: 2, mine: true }] });
    expect([button('👍').getAttribute('aria-pressed'), button('❤️').getAttribute('aria-pressed')]).toEqual(['false', 'true']);
    click(button('👍'));
    click(button('❤️'));
    await finish();
    expect(asked.map(({ method, address }) => [method, decodeURIComponent(address)])).toEqual([['PUT', '/chat/group/g/messages/5/reactions/👍/'], ['DELETE', '/chat/group/g/messages/5/reactions/❤️/']]);
  });

  it('that fails is told', async () => {
    fakeApi(() => problem(409, 'too_many_reactions'));
    menu();
    click(button('👍'));
    await finish();
    expect(toasts.value.map(({ what }) => what)).toEqual([en.errors.too_many_reactions]);
  });

  it('may be any emoji, and no text', async () => {
    const { asked } = fakeApi(() => new Response(null, { status: 204 }));
    menu();
    const [field, form] = [place.querySelector('input')!, place.querySelector('form')!];
    const submit = async (text: string): Promise<void> => {
      type(field, text);
      await act(async () => {
        form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
        await settle();
      });
    };
    await submit('ok');
    expect([asked.length, place.querySelector('.wrong')?.textContent]).toEqual([0, en.fields.emoji]);
    await submit(' 🌹 ');
    expect(decodeURIComponent(asked[0]!.address)).toBe('/chat/group/g/messages/5/reactions/🌹/');
  });

  it('is reached with the arrows, round and round', () => {
    menu();
    const all = Array.from(place.querySelectorAll<HTMLElement>('button, input'));
    all[0]!.focus();
    press(all[0]!, 'ArrowUp');
    expect(document.activeElement).toBe(all.at(-1));
    press(all.at(-1)!, 'ArrowDown');
    expect(document.activeElement).toBe(all[0]);
  });
});
