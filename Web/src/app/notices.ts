import { signal } from '@preact/signals';
import { asApiError } from '../api/errors';
import { keyOf } from '../chat/chats';
import type { Conversation } from '../chat/conversation';
import type { Happening } from '../chat/happening';
import { isolated, shownName, titleOf } from '../text/names';
import { words } from '../words/language';
import { wholeText } from '../words/problems';
import { chats } from './state';
import { go, hrefOf, route } from './route';
import { kept } from '../storage';

export interface Toast {
  readonly id: number;
  /** Who did or wrote it; isolated where it is shown. */
  readonly who: string;
  readonly what: string;
  readonly subject: string;
  readonly href: string | null;
}

/** How long a toast stays, in milliseconds. Hovering or focus keeps it. */
export const toastFor = 8000;

export const toasts = signal<readonly Toast[]>([]);

let count = 0;

export function toast(who: string, what: string, subject: string, href: string | null): void {
  toasts.value = [...toasts.peek().slice(-2), { id: ++count, who, what, subject, href }];
}

/** What went wrong with something that has no place of its own to say so. */
export function tellProblem(thrown: unknown): void {
  toast('', wholeText(asApiError(thrown), words.peek()), '', null);
}

export function dismiss(id: number): void {
  toasts.value = toasts.peek().filter((one) => one.id !== id);
}

/** They are for whom was signed in. */
export function dismissAll(): void {
  toasts.value = [];
}

const key = 'chat.notices';

export const noticesWanted = signal(kept.get(key) === 'yes');

/** The next one who signs in decides anew. */
export function forgetNotices(): void {
  kept.remove(key);
  noticesWanted.value = false;
}

/** Asks the browser when it has not been asked. Answers whether notices are on now. */
export async function wantNotices(wanted: boolean): Promise<boolean> {
  const on = wanted && 'Notification' in window && (await Notification.requestPermission()) === 'granted';
  kept.set(key, on ? 'yes' : 'no');
  noticesWanted.value = on;
  return on;
}

/** Tells the person what happened, where they are not looking at it already. */
export function told(happening: Happening): void {
  const { value: texts } = words;
  if (happening.type === 'message') {
    tellMessage(happening.conversation, happening.message.user, happening.message.message);
  } else if (happening.type === 'mention') {
    tellMention(happening.conversation, happening.message.user, happening.message.message);
  } else {
    const { sender, group_name, group } = happening.notification;
    const subject = group_name ?? group ?? '';
    if (happening.type === 'invite') {
      toast(shownName(sender), texts.invited, subject, hrefOf('group', group ?? ''));
    } else {
      toast(happening.type === 'removed' ? '' : shownName(sender), happening.type === 'removed' ? texts.wasRemoved : texts.wasDeleted, subject, null);
    }
  }
}

function tellMessage(conversation: Conversation, from: string, text: string): void {
  const href = hrefOf(conversation.kind, conversation.name);
  if (document.hidden) {
    const title = conversation.kind === 'group' ? `${isolated(shownName(from))} – ${isolated(conversation.title.peek())}` : isolated(titleOf(conversation));
    notify(title, text, conversation.key, href);
  } else if (conversation.kind === 'private' && !isShown(conversation)) {
    toast(titleOf(conversation), words.value.wrote, text.slice(0, 200), href);
  }
}

/** In a group, whose other messages are shown without a word while the page is looked at. */
function tellMention(conversation: Conversation, from: string, text: string): void {
  const [href, title] = [hrefOf(conversation.kind, conversation.name), conversation.title.peek()];
  if (document.hidden) {
    notify(`${isolated(from)} ${words.value.mentionedYou} ${isolated(title)}`, text, `${conversation.key} mention`, href);
  } else if (!isShown(conversation)) {
    toast(from, words.value.mentionedYou, title, href);
  }
}

function isShown({ key: shown }: Conversation): boolean {
  const at = route.peek();
  return at.page === 'conversation' && keyOf(at.kind, at.name) === shown;
}

/** Once per browser: by the tab that holds the socket. */
function notify(title: string, text: string, tag: string, href: string): void {
  if (!noticesWanted.peek() || !chats.peek()?.live.leads || !('Notification' in window) || Notification.permission !== 'granted') {
    return;
  }

  try {
    const notice = new Notification(title, { body: text.slice(0, 300), tag });
    notice.onclick = () => {
      window.focus();
      go(href);
      notice.close();
    };
  } catch {
    // Browsers of phones make notifications in a service worker alone.
  }
}
