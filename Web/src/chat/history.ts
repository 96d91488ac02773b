import { batch, signal } from '@preact/signals';
import { asApiError, type ApiError } from '../api/errors';
import { ask } from '../api/http';
import type { Entry, Message, Page } from '../api/shapes';
import { Log } from './log';

/** Pages that hold nothing but changes show nothing: so many are passed over at once on the way to older messages. */
const pagesWithoutMessage = 10;

/** Entries of a page, for who goes on to something far back. */
const longPage = 200;

/** So many of them at most, one after the other, for one message far back. */
const mostLongPages = 20;

/** `far`: the way back to it is too long to be gone at once. `missing`: there is no such message, or nobody answered. */
export type Found = 'here' | 'far' | 'missing';

/** The part of a conversation's log that is here, and the way back to what stands in front of it. */
export class History {
  private readonly log: Log;
  private loading: Promise<void> = Promise.resolve();
  readonly messages: Log['messages'];
  /** What to ask `before` for older ones; null when all are here. */
  readonly before = signal<number | null>(null);
  readonly loadingOlder = signal(false);

  constructor(
    private readonly address: string,
    me: string,
    private readonly failed: (error: ApiError) => void,
  ) {
    this.log = new Log(me);
    this.messages = this.log.messages;
  }

  get newest(): number {
    return this.log.newest;
  }

  find(id: number): Message | undefined {
    return this.log.find(id);
  }

  change(id: number, to: (message: Message) => Message): void {
    this.log.change(id, to);
  }

  /** False when there is a hole in front of them. */
  append(entries: readonly Entry[]): boolean {
    const fits = this.log.append(entries);
    this.shorten();
    return fits;
  }

  reset(entries: readonly Entry[], before: number | null): void {
    this.log.reset(entries);
    this.before.value = before;
  }

  /** Whether somebody reads older messages: they are kept until then. */
  hold(held: boolean): void {
    this.log.isHeld = held;
    this.shorten();
  }

  /** A page of older messages, and more where a page has none to show. Fails silently: it can be asked for again. */
  async loadOlder(): Promise<void> {
    const first = this.first;
    await this.load((pages) => (pages < pagesWithoutMessage && this.first === first ? (pages === 0 ? 50 : longPage) : 0));
  }

  /** Everything from this id on, when that is not too much; what is kept is held from then on. */
  async loadFrom(id: number): Promise<Found> {
    await this.loading; // What is on its way may bring it, and two at once would ask for the same.
    if ((this.before.peek() ?? 0) - id > mostLongPages * longPage) {
      return 'far'; // Ids have no hole: so it is known before anything is asked for.
    }

    this.log.isHeld = true;
    await this.load(() => (this.find(id) || (this.before.peek() ?? 0) <= id ? 0 : longPage));
    return this.find(id) ? 'here' : 'missing';
  }

  private get first(): number | undefined {
    return this.messages.peek()[0]?.id;
  }

  /** Page after page, for as long as `limit` says how many entries the next one is to have. */
  private async load(limit: (pages: number) => number): Promise<void> {
    if (this.before.peek() !== null && !this.loadingOlder.peek()) {
      this.loading = this.loadPages(limit);
      await this.loading;
    }
  }

  private async loadPages(limit: (pages: number) => number): Promise<void> {
    this.loadingOlder.value = true;
    try {
      for (let pages = 0, next = limit(0); next > 0 && await this.loadPage(next); next = limit(++pages)) {
        // The condition does it.
      }
    } catch (error) {
      this.failed(asApiError(error));
    } finally {
      this.loadingOlder.value = false;
    }
  }

  /** False when there is nothing in front, or what is here is another run than when it was asked for. */
  private async loadPage(limit: number): Promise<boolean> {
    const before = this.before.peek();
    if (before === null) {
      return false;
    }

    const page = await ask<Page>('GET', `${this.address}?before=${before}&limit=${limit}`);
    if (this.before.peek() !== before) {
      return false; // It was closed, or started again at the newest: these are not what stands in front.
    }

    batch(() => {
      this.log.prepend(page.messages);
      this.before.value = page.before;
    });
    return true;
  }

  private shorten(): void {
    if (this.log.shorten()) {
      this.before.value = this.first ?? null;
    }
  }
}
