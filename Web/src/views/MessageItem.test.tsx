import { act } from 'preact/test-utils';
import { signal } from '@preact/signals';
import { afterEach, describe, expect, it } from 'vitest';
import type { Message } from '../api/shapes';
import { actions as newActions } from '../testing/actions';
import { message } from '../testing/chat';
import { clear, click, draw } from '../testing/page';
import { en } from '../words/en';
import { fa } from '../words/fa';
import { MessageItem } from './MessageItem';

afterEach(clear);

function item(more: Partial<Message>, actions = newActions(), locale = en) {
  return draw(<ol><MessageItem message={message(5, more)} me="sara" named locale={locale} actions={actions} /></ol>).querySelector('li')!;
}

describe('A message', () => {
  it('that was edited says so, and when', () => {
    const mark = item({ edited_at: '2026-01-01T00:00:00.000Z' }).querySelector('.edited');
    expect([mark?.textContent, mark?.getAttribute('title') !== '']).toEqual([en.edited, true]);
    expect(item({}).querySelector('.edited')).toBeNull();
  });

  it('that was deleted is a gap: nothing of it, nothing to do with it', () => {
    const gap = item({ message: '', deleted_at: '2026-01-01T00:00:00.000Z', reply_to: 1 }, newActions(), fa);
    expect([gap.querySelector('.gone')?.textContent, gap.querySelector('.text'), gap.querySelector('button')]).toEqual([fa.wasDeletedHere, null, null]);
    expect(gap.getAttribute('data-id')).toBe('5');
  });

  it('has its reactions as counted switches', () => {
    const actions = newActions();
    const li = item({ reactions: [{ emoji: '👍', count: 1200, mine: true }, { emoji: '❤️', count: 1 }] }, actions);
    const [thumb, heart] = Array.from(li.querySelectorAll<HTMLElement>('.reactions button'));
    expect([thumb?.textContent, thumb?.getAttribute('aria-pressed'), heart?.getAttribute('aria-pressed')]).toEqual(['👍 1,200', 'true', 'false']);
    click(thumb!);
    click(heart!);
    expect(actions.react.mock.calls.map((call) => [(call[0] as Message).id, call[1] as string, call[2] as boolean])).toEqual([[5, '👍', false], [5, '❤️', true]]);
  });

  it('has its reactions without a switch for who can\'t react, until they can', () => {
    const [actions, reacts] = [newActions(), signal(false)];
    actions.reacts.mockImplementation(() => reacts.value);
    const thumb = item({ reactions: [{ emoji: '👍', count: 2 }] }, actions).querySelector<HTMLButtonElement>('.reactions button')!;
    click(thumb);
    expect([thumb.disabled, thumb.textContent, actions.react.mock.calls]).toEqual([true, '👍 2', []]);
    void act(() => void (reacts.value = true));
    expect(thumb.disabled).toBe(false);
  });

  it('offers what can be done with it, by a button named after its writer', () => {
    const actions = newActions();
    const button = item({}, actions).querySelector<HTMLElement>('.act')!;
    expect([button.getAttribute('aria-label'), button.tabIndex]).toEqual([en.actionsFor('ali'), -1]);
    click(button);
    expect(actions.offer.mock.calls).toEqual([[message(5), button]]);
  });
});

describe('A quote', () => {
  it('shows the beginning of what is answered, and leads there', () => {
    const actions = newActions();
    actions.quoted.mockReturnValue(message(2, { message: `<b>${'x'.repeat(500)}` }));
    const quote = item({ reply_to: 2 }, actions).querySelector<HTMLElement>('.quote')!;
    expect([quote.querySelector('.who')?.textContent, quote.querySelector('.excerpt')?.textContent.length, quote.querySelector('b')]).toEqual(['ali', 140, null]);
    click(quote);
    expect([actions.jump.mock.calls, actions.want.mock.calls]).toEqual([[[2]], []]);
  });

  it('is asked for when it is not here, and follows what happens to it', () => {
    const [actions, known] = [newActions(), signal<Message | null | undefined>(undefined)];
    actions.quoted.mockImplementation(() => known.value);
    const quote = item({ reply_to: 2 }, actions).querySelector<HTMLButtonElement>('.quote')!;
    const shows = (next: Message | null): string | undefined => {
      void act(() => void (known.value = next));
      return quote.querySelector('.excerpt')?.textContent;
    };
    expect(actions.want.mock.calls).toEqual([[2]]);
    expect([shows(message(2)), shows(message(2, { message: '', deleted_at: 'x' })), quote.disabled, shows(null), quote.disabled]).toEqual(['m2', en.wasDeletedHere, false, en.notThere, true]);
  });
});
