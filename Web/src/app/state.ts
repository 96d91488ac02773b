import { effect, signal } from '@preact/signals';
import { ask, onSessionEnd, once } from '../api/http';
import { login, logout, profile, register } from '../api/addresses';
import { forget, knownSession, onSessionChange, remember } from '../api/session';
import type { Profile, Session } from '../api/shapes';
import { Chats } from '../chat/chats';
import { choose, hasChosen, type Language } from '../words/language';
import { go, wanted } from './route';
import { dismissAll, told } from './notices';

/** Who is signed in, and what they see; null for nobody. */
export const chats = signal<Chats | null>(null);

/** The session ended without a logout: say so above the login. */
export const endedUnasked = signal(false);

export async function signIn(username: string, password: string): Promise<void> {
  remember(await once<Session>('POST', login, { username, password }));
  endedUnasked.value = false;
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

/** The session is over, and its person knows. */
export function signedOut(): void {
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
    endedUnasked.value = true;
    end();
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
