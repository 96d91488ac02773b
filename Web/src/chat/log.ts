import { signal } from '@preact/signals';
import type { Change, Entry, Message } from '../api/shapes';
import { isChange, isMessage, newerOf, revise } from './revise';

/** More than `most` are cut to the newest `kept` where nobody reads older ones: a page stays open for days. */
const most = 2000;
const kept = 1000;

/** Changes of messages that are not here are remembered so far back: they may be on their way in a page that does not know of the change yet. */
const mostMissed = 200;

/** A run of a conversation's log, oldest first, ids without a hole: its messages as they stand now. Changes are of the run too, and stand in the messages. */
export class Log {
  readonly messages = signal<readonly Message[]>([]);
  /** Somebody reads older ones: all are kept. */
  isHeld = false;
  private end = 0;
  private missed: readonly Change[] = [];

  constructor(private readonly me: string) {}

  /** The newest id here, a change's or a message's; 0 when it is empty. */
  get newest(): number {
    return Math.max(this.end, this.messages.peek().at(-1)?.id ?? 0);
  }

  /** Takes what is newer and follows at once, and newer copies of what is here. False, and nothing new taken: there is a hole in front of them. */
  append(entries: readonly Entry[]): boolean {
    const { newest } = this;
    const fresh = entries.filter(({ id }) => id > newest);
    const present = renewed(this.messages.peek(), entries.filter(isMessage));
    const fits = !fresh[0] || fresh[0].id === newest + 1;
    if (fits) {
      this.end = fresh.at(-1)?.id ?? this.end;
      this.set([...present, ...fresh.filter(isMessage)], fresh.filter(isChange));
    } else {
      this.set(present, []);
    }

    return fits;
  }

  /** Takes what is older. */
  prepend(entries: readonly Entry[]): void {
    const present = this.messages.peek();
    const first = present[0]?.id ?? Infinity;
    this.set([...entries.filter(isMessage).filter(({ id }) => id < first), ...present], this.missed);
  }

  /** Puts another in the place of a message that is here. */
  change(id: number, to: (message: Message) => Message): void {
    const present = this.messages.peek();
    const index = indexOf(present, id);
    const message = present[index];
    const changed = message && to(message);
    if (changed && changed !== message) {
      this.messages.value = present.with(index, changed);
    }
  }

  find(id: number): Message | undefined {
    const { value } = this.messages;
    return value[indexOf(value, id)];
  }

  /** Lets go of the oldest when there are too many; whether it did. */
  shorten(): boolean {
    const present = this.messages.peek();
    if (this.isHeld || present.length <= most) {
      return false;
    }

    this.messages.value = present.slice(-kept);
    return true;
  }

  reset(entries: readonly Entry[]): void {
    this.end = entries.at(-1)?.id ?? 0;
    this.missed = [];
    this.messages.value = entries.filter(isMessage);
  }

  private set(messages: readonly Message[], changes: readonly Change[]): void {
    const list = [...messages];
    for (const change of changes) {
      const index = indexOf(list, change.target);
      const message = list[index];
      if (message) {
        list[index] = revise(message, change, this.me);
      } else if (!this.missed.includes(change)) {
        this.missed = [...this.missed, change].slice(-mostMissed);
      }
    }

    const present = this.messages.peek();
    if (list.length !== present.length || list.some((message, index) => message !== present[index])) {
      this.messages.value = list;
    }
  }
}

function renewed(present: readonly Message[], copies: readonly Message[]): readonly Message[] {
  const list = [...present];
  for (const copy of copies) {
    const index = indexOf(list, copy.id);
    const message = list[index];
    if (message) {
      list[index] = newerOf(message, copy);
    }
  }

  return list;
}

/** By halves: a long list is looked through for every quote and every change. -1 when it is not here. */
function indexOf(messages: readonly Message[], id: number): number {
  let [from, to] = [0, messages.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((messages[middle]?.id ?? Infinity) < id) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }

  return messages[from]?.id === id ? from : -1;
}
