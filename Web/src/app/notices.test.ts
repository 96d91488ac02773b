import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draw, clear } from '../testing/page';
import { Toasts } from '../views/Toasts';
import { h } from 'preact';
import { message } from '../testing/chat';
import { Conversation } from '../chat/conversation';
import { PendingStore } from '../chat/pending';
import { choose } from '../words/language';
import { route } from './route';
import { dismissAll, toasts, told } from './notices';
import { signOut } from './state';
import { fakeApi } from '../testing/api';

const heard = (): void => told({ type: 'message', conversation: new Conversation('private', 'سارا', 'private/سارا', new PendingStore('bob')), message: message(1, { user: 'سارا', message: 'سلام' }) });

beforeEach(() => dismissAll());
afterEach(() => {
  choose('en');
  clear();
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
