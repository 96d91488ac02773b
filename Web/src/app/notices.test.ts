import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { draw, clear } from '../testing/page';
import { Toasts } from '../views/Toasts';
import { h } from 'preact';
import { message } from '../testing/chat';
import { Chats } from '../chat/chats';
import { Conversation } from '../chat/conversation';
import { PendingStore } from '../chat/pending';
import { choose } from '../words/language';
import { route } from './route';
import { dismissAll, toasts, told, wantNotices } from './notices';
import { chats, signOut } from './state';
import { fakeApi } from '../testing/api';

const heard = (): void => told({ type: 'message', conversation: new Conversation('private', 'سارا', 'private/سارا', new PendingStore('bob')), message: message(1, { user: 'سارا', message: 'سلام' }) });

beforeEach(() => dismissAll());
afterEach(() => {
  choose('en');
  clear();
  chats.value = null;
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  localStorage.clear();
});

describe('A mention', () => {
  const mention = () => told({ type: 'mention', conversation: new Conversation('group', 'g', 'group/g', new PendingStore('bob')), message: message(1, { user: 'سارا', message: '@bob' }) });

  it.each([['en', 'سارا mentioned you in g'], ['fa', 'سارا از شما نام برد در g']] as const)('is a toast where the group is not open (%s)', (language, sentence) => {
    choose(language);
    mention();
    expect(draw(h(Toasts, {})).querySelector('a')?.textContent).toBe(sentence);
    dismissAll();
    route.value = { page: 'conversation', kind: 'group', name: 'G' };
    mention();
    expect(toasts.value).toEqual([]);
    route.value = { page: 'home' };
  });
});

describe('A notice of the browser', () => {
  const hostile = '\u2069\u202eara\u2066s';
  const conversation = (kind: 'group' | 'private') => {
    const one = new Conversation(kind, 'x', `${kind}/x`, new PendingStore('bob'));
    one.title.value = hostile;
    return one;
  };

  it.each([
    ['message', 'private', '\u2068aras\u2069'],
    ['message', 'group', '\u2068aras\u2069 – \u2068aras\u2069'],
    ['mention', 'group', '\u2068aras\u2069 mentioned you in \u2068aras\u2069'],
  ] as const)('of a %s in a %s chat isolates names, which can\'t turn what stands around them', async (type, kind, title) => {
    const Notification = Object.assign(vi.fn(), { permission: 'granted', requestPermission: async () => 'granted' });
    vi.stubGlobal('Notification', Notification);
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    chats.value = new Chats('bob', () => undefined);
    vi.spyOn(chats.value.live, 'leads', 'get').mockReturnValue(true);
    await wantNotices(true);
    told({ type, conversation: conversation(kind), message: message(1, { user: hostile }) });
    expect(Notification.mock.calls.map(([given]) => given as string)).toEqual([title]);
  });
});

describe('A toast for a private message', () => {
  it.each([['en', 'سارا wrote: سلام'], ['fa', 'سارا نوشت: سلام']] as const)('reads as a sentence (%s)', (language, sentence) => {
    choose(language);
    heard();
    expect(draw(h(Toasts, {})).querySelector('a')?.textContent).toBe(sentence);
  });

  it('is not left for whoever signs in next', async () => {
    fakeApi(() => ({}));
    heard();
    expect(toasts.value).toHaveLength(1);
    await signOut();
    expect(toasts.value).toEqual([]);
  });
});
