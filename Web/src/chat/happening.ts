import type { Change, Group, Message, Notification } from '../api/shapes';
import type { Conversation } from './conversation';

/** Something happened that a person may want to be told. */
export type Happening =
  | { readonly type: 'message'; readonly conversation: Conversation; readonly message: Message }
  | { readonly type: 'mention'; readonly conversation: Conversation; readonly message: Message }
  | { readonly type: 'invite' | 'removed' | 'group_deleted'; readonly notification: Notification };

/** The message that a notification holds, as it stands in history. */
export function messageOf(notification: Notification, id: number): Message {
  const { message, sender, timestamp, recipient, client_id, reply_to } = notification;
  return {
    id,
    message,
    user: notification.user ?? sender,
    timestamp,
    ...(client_id === undefined ? {} : { client_id }),
    ...(reply_to === undefined ? {} : { reply_to }),
    ...(recipient === undefined ? {} : { sender, recipient }),
  };
}

/** The change that a notification tells of; null when it does not say of what. */
export function changeOf({ kind, id, target, message, sender, timestamp, emoji, count, removed }: Notification): Change | null {
  if ((kind !== 'edited' && kind !== 'deleted' && kind !== 'reaction') || id === undefined || target === undefined) {
    return null;
  }

  return {
    event: kind, id, target, user: sender, timestamp,
    ...(kind === 'edited' && message !== '' ? { message } : {}),
    ...(emoji === undefined ? {} : { emoji }), ...(count === undefined ? {} : { count }), ...(removed === undefined ? {} : { removed }),
  };
}

/** When something last happened in it, for the order of the dashboard. */
export function timeOf({ last, group }: Conversation): number {
  return Date.parse(last.value?.timestamp ?? group.value?.created_at ?? '1970-01-01');
}

/** Deleted and made anew under the same slug, where the dashboard does not tell: its ids begin again. */
export function isAnother(present: Group | null, read: Group | undefined): boolean {
  return present !== null && read !== undefined && read.created_at !== present.created_at;
}
