import type { Change, Entry, Message, Reaction } from '../api/shapes';
import { fold } from '../text/fold';

export const isChange = (entry: Entry): entry is Change => 'event' in entry;
export const isMessage = (entry: Entry): entry is Message => !('event' in entry);

/** What keyboards add to an emoji or leave out: two that differ in nothing else are the same. */
const selector = /\ufe0f/g;

export const isSameEmoji = (a: string, b: string): boolean => a.replace(selector, '') === b.replace(selector, '');

/** Of two copies of a message the newer one; the present one when they are equally new. What is deleted stays so, though the entry that tells of it is on its way. */
export function newerOf(present: Message, other: Message): Message {
  const [gone, otherGone] = [present.deleted_at !== undefined, other.deleted_at !== undefined];
  return (gone === otherGone ? (other.revision ?? 0) > (present.revision ?? 0) : otherGone) ? other : present;
}

/** The message after a change; the same message when it knows of the change already. */
export function revise(message: Message, change: Change, me: string): Message {
  if (change.target !== message.id || change.id <= (message.revision ?? 0)) {
    return message;
  }

  switch (change.event) {
    case 'edited':
      return { ...message, message: change.message ?? message.message, edited_at: change.timestamp, revision: change.id };
    case 'deleted':
      return { ...asDeleted(message, change.timestamp), revision: change.id };
    case 'reaction':
      return { ...message, reactions: reactionsAfter(message.reactions ?? [], change, fold(change.user) === fold(me)), revision: change.id };
    default:
      return message; // One of tomorrow.
  }
}

/** The message with one's own reaction put or taken back; the same message where it stands so. */
export function withOwn(message: Message, emoji: string, puts: boolean): Message {
  const present = message.reactions?.find((one) => isSameEmoji(one.emoji, emoji));
  if ((present?.mine ?? false) === puts) {
    return message;
  }

  const count = (present?.count ?? 0) + (puts ? 1 : -1);
  return { ...message, reactions: put(message.reactions ?? [], { emoji: present?.emoji ?? emoji, count, ...(puts ? { mine: true } : {}) }) };
}

/** A gap: no text, no reactions, and nobody edits it. */
export function asDeleted({ id, user, timestamp, client_id, sender, recipient, reply_to, revision }: Message, at: string): Message {
  return {
    id, message: '', user, timestamp, deleted_at: at, ...(revision === undefined ? {} : { revision }),
    ...(client_id === undefined ? {} : { client_id }), ...(reply_to === undefined ? {} : { reply_to }),
    ...(sender === undefined ? {} : { sender }), ...(recipient === undefined ? {} : { recipient }),
  };
}

function reactionsAfter(present: readonly Reaction[], { emoji = '', count = 0, removed }: Change, own: boolean): readonly Reaction[] {
  const before = present.find((one) => isSameEmoji(one.emoji, emoji));
  const mine = own ? !removed : (before?.mine ?? false);
  return put(present, { emoji: before?.emoji ?? emoji, count, ...(mine ? { mine } : {}) });
}

function put(present: readonly Reaction[], reaction: Reaction): readonly Reaction[] {
  const others = (one: Reaction): boolean => one.emoji !== reaction.emoji;
  if (reaction.count <= 0) {
    return present.filter(others);
  }

  return present.every(others) ? [...present, reaction] : present.map((one) => (others(one) ? one : reaction));
}
