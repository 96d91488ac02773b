import { effect, signal } from '@preact/signals';
import { ask, onSessionEnd, once } from '../api/http';
import { login, logout, profile, register } from '../api/addresses';
import { forget, knownSession, onErased, onSessionChange, remember, tellErased } from '../api/session';
import type { Profile, Session } from '../api/shapes';
import { Chats } from '../chat/chats';
import { forgetDrafts } from '../chat/drafts';
import { PendingStore } from '../chat/pending';
import { fold } from '../text/fold';
import { choose, forgetLanguage, hasChosen, type Language } from '../words/language';
import { forgetTheme } from '../words/theme';
import { go, wanted } from './route';
import { dismissAll, forgetNotices, told } from './notices';

/** Who is signed in, and what they see; null for nobody. */
export const chats = signal<Chats | null>(null);

/** Why nobody is signed in any more, where that is to be said above the login: without a logout, or with the account. */
export const ending = signal<'unasked' | 'erased' | null>(null);

export async function signIn(username: string, password: string): Promise<void> {
  remember(await once<Session>('POST', login, { username, password }));
  ending.value = null;
  begin();
}

export async function signUp(username: string, password1: string, password2: string): Promise<void> {
  await once<Profile>('POST', register, { username, password1, password2 });
  await signIn(username, password1);
  go(wanted.peek());
}

/** Ends the session here even when the service can't be told: the cookies die with the next login, and the person wanted out. */
export async function signOut(): Promise<void> {
  await ask('POST', logout).catch(() => undefined);
  signedOut();
}

/** The sessions end first, and the answer comes only when the rest is done: meanwhile nobody is told that they have been logged out. */
let erasing = false;

/** Deletes the account, and what this browser keeps of it. Rejects with `ApiError`, and nothing has changed. */
export async function eraseAccount(username: string, password: string): Promise<void> {
  erasing = true;
  try {
    await ask('DELETE', profile, { password });
  } catch (error) {
    if (!knownSession()) {
      ended();
    }

    throw error;
  } finally {
    erasing = false;
  }

  tellErased(username);
  forgetPerson(username);
  forgetNotices();
  forgetLanguage();
  forgetTheme();
  ending.value = 'erased';
  signedOut();
}

/** The session is over, and its person knows. */
function signedOut(): void {
  forget();
  end();
  wanted.value = '#/';
  go('#/');
}

export async function chooseLanguage(chosen: Language): Promise<void> {
  choose(chosen);
  if (chats.peek()) {
    await ask('PATCH', profile, { language: chosen }).catch(() => undefined);
  }
}

/** Begins with the session that the browser holds, and follows what other tabs do with it. */
export function followSession(): void {
  onSessionEnd(() => {
    if (!erasing) {
      ended();
    }
  });
  onErased((username) => {
    forgetPerson(username);
    ending.value = 'erased';
  });
  onSessionChange(() => {
    const known = knownSession();
    if (known?.username !== chats.peek()?.username) {
      end();
      begin();
    }
  });
  begin();
}

function begin(): void {
  const known = knownSession();
  if (known && !chats.peek()) {
    const begun = new Chats(known.username, told);
    chats.value = begun;
    void begun.start().then(() => adoptLanguage(begun));
  }
}

function ended(): void {
  ending.value = 'unasked';
  end();
}

/** What they wrote and did not send is nobody's to send any more. */
function forgetPerson(username: string): void {
  const present = chats.peek();
  (present && fold(present.username) === fold(username) ? present.store : new PendingStore(username)).forget();
  forgetDrafts(fold(username));
}

function end(): void {
  chats.peek()?.end();
  chats.value = null;
  dismissAll();
}

/** The language of the profile, on a device where none was chosen. */
function adoptLanguage(begun: Chats): void {
  const spoken = begun.me.peek()?.language?.split('-')[0];
  if (!hasChosen() && (spoken === 'fa' || spoken === 'en')) {
    choose(spoken);
  }
}

/** The tab's title counts what is unread. */
export function followTitle(count: (value: number) => string): void {
  effect(() => {
    const unread = chats.value?.unread.value ?? 0;
    document.title = unread > 0 ? `(${count(unread)}) ServerlessChat` : 'ServerlessChat';
  });
}
