import { computed, signal } from '@preact/signals';
import type { Change, Message } from '../api/shapes';
import { newerOf, revise } from './revise';

/** So many changes are remembered as nothing to read. */
const mostQuiet = 500;

/** The newest message of a conversation, loaded or not, and how far somebody has read. */
export class Newest {
  /** Its text may be cut. */
  readonly last = signal<Message | null>(null);
  /** Everything up to this id has been read, on whichever device. */
  readonly readUpTo = signal(0);
  /** Ids of changes: they raise no count. Those behind the last message don't anyway. */
  private readonly quiet = signal<readonly number[]>([]);
  readonly unread = computed(() => {
    const [last, read] = [this.last.value?.id ?? 0, this.readUpTo.value];
    return Math.max(0, last - read - this.quiet.value.filter((id) => id > read && id < last).length);
  });

  constructor(private readonly me: string) {}

  /** There is this message; one that is older than the newest changes nothing. */
  know(message: Message): void {
    const present = this.last.peek();
    if (!present || message.id > present.id) {
      this.last.value = message;
    } else if (message.id === present.id) {
      this.last.value = newerOf(present, message);
    }
  }

  /** There was this change. */
  knowChange(change: Change): void {
    const [last, quiet] = [this.last.peek(), this.quiet.peek()];
    this.last.value = last && revise(last, change, this.me);
    if (!quiet.includes(change.id)) {
      this.quiet.value = [...quiet, change.id].slice(-mostQuiet);
    }
  }

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
