import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Conversation } from '../chat/conversation';
import { PendingStore } from '../chat/pending';
import { clear, click, draw, press, type } from '../testing/page';
import { fa } from '../words/fa';
import { language } from '../words/language';
import { Composer, type Mode } from './Composer';

const sent = vi.fn();
let send = vi.fn();
let isCoarse = false;
let conversation: Conversation;

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  isCoarse = false;
  [sent, setMode, editLast].forEach((one) => one.mockReset());
  vi.stubGlobal('matchMedia', () => ({ matches: isCoarse }));
  conversation = new Conversation('group', 'g', 'group/g', new PendingStore('sara'));
  send = vi.spyOn(conversation.outbox, 'send').mockImplementation(() => undefined);
});
afterEach(() => {
  clear();
  language.value = 'en';
  vi.unstubAllGlobals();
});

const setMode = vi.fn();
const editLast = vi.fn();

function composer(mode: Mode = null) {
  const place = draw(<Composer conversation={conversation} me="sara" mode={mode} setMode={setMode} editLast={editLast} sent={sent} />);
  return { area: place.querySelector('textarea')!, button: place.querySelector<HTMLButtonElement>('button.primary')!, hint: place.querySelector<HTMLElement>('.hint')! };
}

describe('The composer', () => {
  it('sends with Enter, trimmed, and is empty then', () => {
    const { area } = composer();
    type(area, '  سلام\nدنیا ');
    expect(press(area, 'Enter')).toBe(false);
    expect(send.mock.calls).toEqual([['سلام\nدنیا']]);
    expect([area.value, sent.mock.calls.length, document.activeElement === area]).toEqual(['', 1, true]);
  });

  it('sends with its button', () => {
    const { area, button } = composer();
    type(area, 'x');
    expect(button.getAttribute('aria-disabled')).toBe('false');
    click(button);
    expect(send.mock.calls).toEqual([['x']]);
  });

  it('leaves Shift+Enter, other keys and the Enter of an input method to the browser', () => {
    const { area } = composer();
    type(area, 'x');
    expect([press(area, 'Enter', { shiftKey: true }), press(area, 'a'), press(area, 'Enter', { isComposing: true })]).toEqual([true, true, true]);
    expect([send.mock.calls.length, area.value]).toEqual([0, 'x']);
  });

  it('starts a new line with Enter on a screen\'s keyboard, and does not open it unasked', () => {
    isCoarse = true;
    const { area, button } = composer();
    type(area, 'x');
    expect([press(area, 'Enter'), send.mock.calls.length, document.activeElement === area]).toEqual([true, 0, false]);
    click(button);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it.each(['', '   ', '\n\n'])('sends nothing of %j', (text) => {
    const { area, button } = composer();
    type(area, text);
    press(area, 'Enter');
    click(button);
    expect([send.mock.calls.length, sent.mock.calls.length, button.getAttribute('aria-disabled')]).toEqual([0, 0, 'true']);
  });

  it('sends 16,000 characters, and says aloud how many are too many', () => {
    const { area, button, hint } = composer();
    type(area, 'ی'.repeat(17_234));
    press(area, 'Enter');
    expect([send.mock.calls.length, area.getAttribute('aria-invalid'), hint.getAttribute('role'), button.getAttribute('aria-disabled')]).toEqual([0, 'true', 'alert', 'true']);
    expect(hint.textContent).toBe('1,234 characters too many');
    expect(area.getAttribute('aria-describedby')).toBe(hint.id);
    type(area, ` ${'ی'.repeat(16_000)} `);
    expect([area.getAttribute('aria-invalid'), hint.getAttribute('role')]).toEqual(['false', null]);
    press(area, 'Enter');
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('says so in the reader\'s language and digits', () => {
    language.value = 'fa';
    const { area, hint } = composer();
    type(area, 'x'.repeat(16_002));
    expect(hint.textContent).toBe(fa.tooLong('۲'));
  });

  it('keeps what is not sent over a reload of this tab, for each conversation', () => {
    type(composer().area, 'not yet');
    expect(composer().area.value).toBe('not yet');
    conversation = new Conversation('group', 'h', 'group/h', new PendingStore('sara'));
    expect(composer().area.value).toBe('');
    type(composer().area, '');
    expect(Object.values(sessionStorage)).toEqual(['not yet']);
  });
});
