import { signal } from '@preact/signals';
import type { Message } from '../api/shapes';

/** More than `most` are cut to the newest `kept` where nobody reads older ones: a page stays open for days. */
const most = 2000;
const kept = 1000;

/** A run of a conversation's messages: oldest first, ids without a hole. */
export class Log {
  readonly messages = signal<readonly Message[]>([]);
  /** Somebody reads older ones: all are kept. */
  isHeld = false;

  /** The newest id here; 0 when it is empty. */
  get newest(): number {
    return this.messages.peek().at(-1)?.id ?? 0;
  }

  /** Takes what is newer and follows at once; what is here already is dropped. False, and nothing taken: there is a hole in front of them. */
  append(messages: readonly Message[]): boolean {
    const { newest } = this;
    const fresh = messages.filter(({ id }) => id > newest);
    if (fresh[0] && fresh[0].id !== newest + 1) {
      return false;
    }

    if (fresh.length > 0) {
      this.messages.value = [...this.messages.peek(), ...fresh];
    }

    return true;
  }

  /** Takes what is older. */
  prepend(messages: readonly Message[]): void {
    const present = this.messages.peek();
    const first = present[0]?.id ?? Infinity;
    this.messages.value = [...messages.filter(({ id }) => id < first), ...present];
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

  reset(messages: readonly Message[]): void {
    this.messages.value = messages;
  }
}
