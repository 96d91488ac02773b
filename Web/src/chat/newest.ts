import { computed, signal } from '@preact/signals';
import type { Change, Entry, Message } from '../api/shapes';
import { isMessage, newerOf, revise } from './revise';

/** So many changes are remembered as nothing to read. */
const mostQuiet = 500;

/** So many edits and deletions are remembered: one may be heard of before its message. */
const mostHeard = 50;

/** The newest message of a conversation, loaded or not, and how far somebody has read. */
export class Newest {
  /** Its text may be cut. */
  readonly last = signal<Message | null>(null);
  /** Everything up to this id has been read, on whichever device. */
  readonly readUpTo = signal(0);
  /** Ids of changes: they raise no count. Those behind the last message don't anyway. */
  private readonly quiet = signal<readonly number[]>([]);
  private heard: readonly Change[] = [];
  readonly unread = computed(() => {
    const [last, read] = [this.last.value?.id ?? 0, this.readUpTo.value];
    return Math.max(0, last - read - this.quiet.value.filter((id) => id > read && id < last).length);
  });

  constructor(private readonly me: string) {}

  /** There is this message; one that is older than the newest changes nothing. */
  know(message: Message): void {
    const present = this.last.peek();
    if (!present || message.id >= present.id) {
      this.last.value = this.asHeard(message.id === present?.id ? newerOf(message, present) : message);
    }
  }

  /** There was this change, in whatever order. Reactions are not shown, and one that came first would hide an edit of before. */
  knowChange(change: Change): void {
    const [last, quiet] = [this.last.peek(), this.quiet.peek()];
    if (change.event !== 'reaction' && !this.heard.some(({ id }) => id === change.id)) {
      this.heard = [...this.heard, change].slice(-mostHeard);
      this.last.value = last && revise(last, change, this.me);
    }

    if (!quiet.includes(change.id)) {
      this.quiet.value = [...quiet, change.id].slice(-mostQuiet);
    }
  }

  /** Puts another in the place of the newest message, when it is that one. */
  change(id: number, to: (message: Message) => Message): void {
    const last = this.last.peek();
    this.last.value = last?.id === id ? to(last) : last;
  }

  /** The message with the edits and the deletion that were heard lately, perhaps before itself. Without the reactions between them: it is for showing its text. */
  asHeard(message: Message): Message {
    return this.heard.reduce((now, change) => revise(now, change, this.me), message);
  }

  /** The entry, or the gap that is left of it when its deletion was heard already. */
  readonly orGap = (entry: Entry): Entry => {
    const now = isMessage(entry) ? this.asHeard(entry) : entry;
    return isMessage(now) && now.deleted_at !== undefined ? now : entry;
  };

  /** A message of one's own, from whichever device: read, when there is nothing to read in front of it. */
  readOwn(id: number): void {
    const quiet = this.quiet.peek();
    let next = this.readUpTo.peek() + 1;
    while (next < id && quiet.includes(next)) {
      next++;
    }

    if (next === id) {
      this.read(id);
    }
  }

  read(id: number): void {
    this.readUpTo.value = Math.max(this.readUpTo.peek(), id);
  }
}
