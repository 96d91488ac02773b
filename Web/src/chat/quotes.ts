import { signal } from '@preact/signals';
import { ask } from '../api/http';
import type { Change, Message, Page } from '../api/shapes';
import type { History } from './history';
import { isMessage, newerOf, revise } from './revise';

/** The messages that others answer: from what is here, else each asked for by itself, one after the other. */
export class Quotes {
  private readonly fetched = signal<ReadonlyMap<number, Message | null>>(new Map());
  /** Those that are asked for, each with what happened to it meanwhile: the answer may be from before. */
  private readonly waiting = new Map<number, ((message: Message) => Message)[]>();
  private queue: Promise<void> = Promise.resolve();
  /** An answer to a question of an earlier one is of no use. */
  private turn = 0;

  constructor(
    private readonly address: string,
    private readonly history: History,
    private readonly me: string,
  ) {}

  /** Null: there is none. Undefined: nobody knows yet. */
  find(id: number): Message | null | undefined {
    return this.history.find(id) ?? this.fetched.value.get(id);
  }

  /** Asks for one that is not here. */
  want(id: number): void {
    if (!this.history.find(id) && !this.fetched.peek().has(id) && !this.waiting.has(id)) {
      this.waiting.set(id, []);
      this.queue = this.queue.then(() => this.fetch(id));
    }
  }

  /** There was this change, in whatever order. A quote shows no reactions, and one that came first would hide an edit of before. */
  revise(change: Change): void {
    if (change.event !== 'reaction') {
      this.change(change.target, (message) => revise(message, change, this.me));
    }
  }

  /** There is this copy of a message. */
  know(copy: Message): void {
    this.change(copy.id, (message) => newerOf(copy, message));
  }

  /** Puts another in the place of a message that was asked for, or is. */
  change(id: number, to: (message: Message) => Message): void {
    const message = this.fetched.peek().get(id);
    if (message) {
      this.put(id, to(message));
    }

    this.waiting.get(id)?.push(to);
  }

  /** What happened was missed: all are asked for again, when they are next on the screen or at once when they are waited for. */
  reset(): void {
    this.turn++;
    this.fetched.value = new Map();
  }

  private async fetch(id: number): Promise<void> {
    const { turn } = this;
    try {
      const { messages } = await ask<Page>('GET', `${this.address}?before=${id + 1}&limit=1`);
      if (turn === this.turn) {
        const message = messages.filter(isMessage).find((one) => one.id === id);
        this.put(id, this.waiting.get(id)?.reduce<Message | undefined>((now, to) => now && to(now), message) ?? null);
      }
    } catch {
      // Asked for again when it is next on the screen.
    } finally {
      this.waiting.delete(id);
    }

    if (turn !== this.turn) {
      this.want(id);
    }
  }

  private put(id: number, message: Message | null): void {
    this.fetched.value = new Map(this.fetched.peek()).set(id, message);
  }
}
