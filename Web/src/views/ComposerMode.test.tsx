import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Conversation } from '../chat/conversation';
import { PendingStore } from '../chat/pending';
import { fakeApi, offline, settle } from '../testing/api';
import { change, message } from '../testing/chat';
import { clear, click, draw, press, type } from '../testing/page';
import { en } from '../words/en';
import { Composer, type Mode } from './Composer';

const setMode = vi.fn();
const editLast = vi.fn();
let conversation: Conversation;

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  [setMode, editLast].forEach((one) => one.mockReset());
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  conversation = new Conversation('group', 'g', 'group/g', new PendingStore('sara'));
});
afterEach(() => {
  clear();
  vi.unstubAllGlobals();
});

function composer(mode: Mode) {
  conversation.history.reset(mode ? [mode.message] : [], null);
  const place = draw(<Composer conversation={conversation} me="sara" mode={mode} setMode={setMode} editLast={editLast} sent={() => undefined} />);
  return { place, area: place.querySelector('textarea')!, hint: place.querySelector<HTMLElement>('.hint')! };
}

const finish = async (): Promise<void> => {
  await act(async () => settle());
};

describe('An answer', () => {
  it('says to what, takes the focus and goes out with its id', () => {
    const send = vi.spyOn(conversation.outbox, 'send').mockImplementation(() => undefined);
    const { place, area } = composer({ kind: 'reply', message: message(7, { message: 'سلام' }) });
    expect([place.querySelector('.mode p')?.textContent, document.activeElement === area]).toEqual([`${en.answering} aliسلام`, true]);
    type(area, 'x');
    press(area, 'Enter');
    expect([send.mock.calls, setMode.mock.calls]).toEqual([[['x', 7]], [[null]]]);
  });

  it('says what the message has become meanwhile', async () => {
    fakeApi(() => ({ messages: [message(7, { message: 'as it stands' })], before: 7, last_id: 9 }));
    const { place } = composer({ kind: 'reply', message: message(7) });
    const excerpt = (): string | undefined => place.querySelector('.excerpt')?.textContent;
    void act(() => void conversation.history.append([change(8, 7)]));
    expect(excerpt()).toBe('m7 of 8');
    void act(() => conversation.history.reset([], null)); // It started again at messages that are far newer.
    await finish();
    expect(excerpt()).toBe('as it stands');
    void act(() => conversation.receive(change(10, 7, { event: 'deleted' })));
    expect(excerpt()).toBe(en.wasDeletedHere);
  });

  it('is none any more after Escape or its button; what was written stays', () => {
    const { place, area } = composer({ kind: 'reply', message: message(7) });
    type(area, 'x');
    press(area, 'Escape');
    click(place.querySelector<HTMLElement>('.mode button')!);
    expect([setMode.mock.calls, area.value]).toEqual([[[null], [null]], 'x']);
  });
});

describe('An edit', () => {
  it('begins with the text, is saved with Enter and leaves the draft alone', async () => {
    type(composer(null).area, 'a draft');
    const { asked } = fakeApi(() => message(7, { message: 'new', revision: 9 }));
    const { area } = composer({ kind: 'edit', message: message(7, { message: 'old' }) });
    expect(area.value).toBe('old');
    type(area, ' new ');
    press(area, 'Enter');
    await finish();
    expect([asked, setMode.mock.calls]).toEqual([[{ method: 'PATCH', address: '/chat/group/g/messages/7/', body: { message: 'new' } }], [[null]]]);
    expect(composer(null).area.value).toBe('a draft');
  });

  it('that changes nothing asks for nothing, and of nothing is none', async () => {
    const { asked } = fakeApi(() => ({}));
    const { area } = composer({ kind: 'edit', message: message(7, { message: 'old' }) });
    type(area, '  ');
    press(area, 'Enter');
    expect(setMode).not.toHaveBeenCalled();
    type(area, 'old ');
    press(area, 'Enter');
    await finish();
    expect([asked, setMode.mock.calls]).toEqual([[], [[null]]]);
  });

  it('that is not answered says so, keeps what was written and can be saved again', async () => {
    const { asked } = fakeApi(offline);
    const { area, hint } = composer({ kind: 'edit', message: message(7) });
    type(area, 'new');
    press(area, 'Enter');
    await finish();
    expect([hint.getAttribute('role'), hint.textContent, area.value, setMode.mock.calls.length]).toEqual(['alert', en.errors.offline, 'new', 0]);
    press(area, 'Enter');
    await finish();
    expect(asked).toHaveLength(2);
  });

  it('of the last message begins with the arrow up, where nothing is written', () => {
    const { area } = composer(null);
    expect([press(area, 'ArrowUp'), editLast.mock.calls.length]).toEqual([false, 1]);
    type(area, 'x');
    expect([press(area, 'ArrowUp'), editLast.mock.calls.length]).toEqual([true, 1]);
  });
});
