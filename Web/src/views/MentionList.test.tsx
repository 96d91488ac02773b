import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Conversation } from '../chat/conversation';
import { PendingStore } from '../chat/pending';
import { fakeApi, settle, type Asked } from '../testing/api';
import { message } from '../testing/chat';
import { clear, draw, press } from '../testing/page';
import { Composer } from './Composer';

let place: HTMLElement;
let area: HTMLTextAreaElement;
let asked: readonly Asked[];
let send = vi.fn();

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  asked = fakeApi(({ address }) => ({ members: (address.includes('after') ? ['سارینا'] : ['Sara', 'سارا', 'salma', 'omid']).map((username) => ({ username, role: 'member' })), after: address.includes('after') ? null : 'next page' })).asked;
  open('group');
});
afterEach(() => {
  clear();
  vi.unstubAllGlobals();
});

function open(kind: 'group' | 'private'): void {
  const conversation = new Conversation(kind, 'g', `${kind}/g`, new PendingStore('Sara'));
  conversation.messages.value = [message(1, { user: 'sam' })];
  send = vi.spyOn(conversation.outbox, 'send').mockImplementation(() => undefined);
  place = draw(<Composer conversation={conversation} me="sara" mode={null} setMode={() => undefined} editLast={() => undefined} sent={() => undefined} />);
  area = place.querySelector('textarea')!;
}

async function write(text: string, caret = text.length): Promise<void> {
  await act(async () => {
    area.value = text;
    area.setSelectionRange(caret, caret);
    area.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
  await act(async () => settle());
}

const offered = (): string[] => Array.from(place.querySelectorAll('[role=option]')).map((one) => `${one.textContent}${one.getAttribute('aria-selected') === 'true' ? '*' : ''}`);

describe('An at sign', () => {
  it('offers the members of the group, not oneself, who wrote lately first; read once', async () => {
    await write('hi @');
    expect(offered()).toEqual(['sam*', 'سارا', 'salma', 'omid', 'سارینا']);
    expect(asked.map(({ address }) => address)).toEqual(['/chat/group/g/members/?limit=200', '/chat/group/g/members/?limit=200&after=next%20page']);
    await write('hi @sa');
    expect([offered(), asked.length]).toEqual([['sam*', 'salma'], 2]);
    await write('@سار');
    expect(offered()).toEqual(['سارا*', 'سارینا']);
    await write('@nobody');
    expect(offered()).toEqual([]);
  });

  it('says to a screen reader what is offered and what is chosen', async () => {
    await write('@sa');
    const list = place.querySelector('[role=listbox]')!;
    expect([area.getAttribute('aria-controls'), place.querySelector('[role=status]')?.textContent.startsWith('2 ')]).toEqual([list.id, true]);
    press(area, 'ArrowDown');
    expect(place.querySelector(`[id="${area.getAttribute('aria-activedescendant')}"]`)?.textContent).toBe('salma');
    press(area, 'Escape');
    expect([offered(), area.getAttribute('aria-activedescendant'), area.getAttribute('aria-controls')]).toEqual([[], null, null]);
  });

  it.each(['Enter', 'Tab'])('takes the chosen one with %s, where the caret is, and sends nothing', async (key) => {
    await write('hi @sa and', 6);
    press(area, 'ArrowUp');
    expect(offered()).toEqual(['sam', 'salma*']);
    expect(press(area, key)).toBe(false);
    expect([area.value, offered(), send.mock.calls.length]).toEqual(['hi @salma and', [], 0]);
    press(area, 'Enter');
    expect(send.mock.calls).toEqual([['hi @salma and']]);
  });

  it('takes the one that is pressed', async () => {
    await write('@');
    void act(() => void place.querySelectorAll('[role=option]')[1]?.dispatchEvent(new Event('pointerdown', { bubbles: true, cancelable: true })));
    expect(area.value).toBe('@سارا ');
  });

  it('offers nothing where the caret is elsewhere, or the focus', async () => {
    await write('@sa');
    const move = (caret: number, event: Event): void => {
      void act(() => {
        area.setSelectionRange(caret, caret);
        area.dispatchEvent(event);
      });
    };
    move(0, new KeyboardEvent('keyup', { key: 'Home' }));
    expect(offered()).toEqual([]);
    move(3, new MouseEvent('click'));
    expect(offered()).toEqual(['sam*', 'salma']);
    move(3, new FocusEvent('blur'));
    expect(offered()).toEqual([]);
  });

  it('means nothing in private', async () => {
    open('private');
    await write('@sa');
    expect([offered(), asked.length, area.getAttribute('aria-autocomplete')]).toEqual([[], 0, null]);
  });
});
