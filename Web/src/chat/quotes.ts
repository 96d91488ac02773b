import { signal } from '@preact/signals';
import { ask } from '../api/http';
import type { Change, Message, Page } from '../api/shapes';
import type { History } from './history';
import { isMessage, revise } from './revise';

/** The messages that others answer: from what is here, else each asked for by itself, one after the other. */
export class Quotes {
  private readonly fetched = signal<ReadonlyMap<number, Message | null>>(new Map());
  private readonly asked = new Set<number>();
  private queue: Promise<void> = Promise.resolve();

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
    if (!this.history.find(id) && !this.asked.has(id)) {
      this.asked.add(id);
      this.queue = this.queue.then(() => this.fetch(id));
    }
  }

  revise(change: Change): void {
    const message = this.fetched.peek().get(change.target);
    if (message) {
      this.put(message.id, revise(message, change, this.me));
    }
  }

  private async fetch(id: number): Promise<void> {
    try {
      const { messages } = await ask<Page>('GET', `${this.address}?before=${id + 1}&limit=1`);
      this.put(id, messages.filter(isMessage).find((one) => one.id === id) ?? null);
    } catch {
      this.asked.delete(id); // Asked for again when it is next on the screen.
    }
  }

  private put(id: number, message: Message | null): void {
    this.fetched.value = new Map(this.fetched.peek()).set(id, message);
  }
}
