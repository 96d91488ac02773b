import { batch, computed, signal } from '@preact/signals';
import { ApiError, asApiError } from '../api/errors';
import { ask } from '../api/http';
import { group as groupAddress, privateChat } from '../api/addresses';
import type { Group, Message, Page } from '../api/shapes';
import { Catching } from './catching';
import { Log } from './log';
import { Outbox } from './outbox';
import type { PendingStore } from './pending';

export type ConversationKind = 'group' | 'private';

/** `gone`: deleted, or not one's own any more. */
export type ConversationState = 'new' | 'loading' | 'ready' | 'gone' | ApiError;

/** So many pages of 200 are caught up; who missed more starts again at the newest. */
const pagesToCatchUp = 5;

/**
 * A group's or a pair's log as this page knows it: a run of messages without a hole, up to the newest. Ids tell when something was missed, whatever
 * the socket brought in whatever order.
 */
export class Conversation {
  readonly title = signal('');
  readonly group = signal<Group | null>(null);
  readonly state = signal<ConversationState>('new');
  private readonly log = new Log();
  /** Oldest first, ids without a hole. */
  readonly messages = this.log.messages;
  /** What to ask `before` for older ones; null when all are here. */
  readonly before = signal<number | null>(null);
  readonly loadingOlder = signal(false);
  /** The newest message that is known of, loaded or not; its text may be cut. */
  readonly last = signal<Message | null>(null);
  /** Everything up to this id has been read, on whichever device. */
  readonly readUpTo = signal(0);
  readonly unread = computed(() => Math.max(0, (this.last.value?.id ?? 0) - this.readUpTo.value));
  readonly outbox: Outbox;
  readonly address: string;
  private readonly catching = new Catching(() => this.catchUpOnce(), (error) => this.fail(error));
  /** A frame came while the first page was on its way. */
  private catchAgain = false;

  constructor(
    readonly kind: ConversationKind,
    /** The slug, or the other's username. */
    readonly name: string,
    readonly key: string,
    store: PendingStore,
    /** A message of one's own made one a member of a public group. */
    private readonly joined: () => void = () => undefined,
  ) {
    this.title.value = name;
    this.address = kind === 'group' ? groupAddress(name) : privateChat(name);
    this.outbox = new Outbox(kind, name, store, (message, client_id) => ask<Message>('POST', this.address, { message, client_id }), (message) => this.sent(message));
  }

  /** Loads the newest page, or what came since. */
  async open(): Promise<void> {
    if (this.state.peek() === 'ready') {
      await this.catchUp();
    } else if (this.state.peek() !== 'loading' && this.state.peek() !== 'gone') {
      this.state.value = 'loading';
      await this.load();
    }
  }

  /** Whether somebody reads older messages: they are kept until then. */
  hold(held: boolean): void {
    this.log.isHeld = held;
    this.shorten();
  }

  /** Frames may have been missed; or what could not be read before may be there now. */
  async recover(): Promise<void> {
    const state = this.state.peek();
    await (state instanceof ApiError && state.isPassing ? this.open() : this.catchUp());
  }

  /** Nothing is asked for or sent any more. */
  end(): void {
    this.catching.end();
    this.outbox.end();
  }

  /** A message that was sent or heard of: here at most once, and never before those in front of it. */
  receive(message: Message): void {
    this.settle([message]);
    this.know(message);
    if (this.state.peek() === 'ready' && !this.append([message])) {
      void this.catchUp();
    } else if (this.state.peek() === 'loading') {
      this.catchAgain = true;
    }
  }

  /** There is this message, loaded or not; one that is older than the newest changes nothing. */
  know(message: Message): void {
    if (message.id >= (this.last.peek()?.id ?? 0)) {
      this.last.value = message;
    }
  }

  private sent(message: Message): void {
    this.receive(message);
    if (this.group.peek()?.role === null) {
      this.joined();
    }
  }

  /** Asks for what came after the newest message here. Fails silently, and is tried again by itself: a hole stays hidden until then. */
  async catchUp(): Promise<void> {
    if (this.state.peek() === 'ready') {
      await this.catching.run();
    }
  }

  async loadOlder(): Promise<void> {
    const before = this.before.peek();
    if (before === null || this.loadingOlder.peek()) {
      return;
    }

    this.loadingOlder.value = true;
    try {
      const page = await ask<Page>('GET', `${this.address}?before=${before}&limit=50`);
      if (this.before.peek() === before) { // Else it was closed, or started again at the newest: these are not what stands in front.
        batch(() => {
          this.log.prepend(page.messages);
          this.before.value = page.before;
        });
      }
    } catch (error) {
      this.fail(asApiError(error));
    } finally {
      this.loadingOlder.value = false;
    }
  }

  /** Its messages are not ours to see any more. */
  close(): void {
    batch(() => {
      this.state.value = 'gone';
      this.log.reset([]);
      this.before.value = null;
    });
    this.outbox.abandon();
    this.end();
  }

  private async load(): Promise<void> {
    try {
      this.take(await ask<Page>('GET', this.address));
      if (this.catchAgain) {
        this.catchAgain = false;
        await this.catchUp();
      }
    } catch (error) {
      if (this.state.peek() === 'loading') {
        this.state.value = asApiError(error);
      }
    }
  }

  private take(page: Page): void {
    if (this.state.peek() === 'gone') {
      return; // The answer is from before.
    }

    batch(() => {
      this.log.reset(page.messages);
      this.before.value = page.before;
      this.state.value = 'ready';
      page.messages.slice(-1).forEach((newest) => this.know(newest));
      this.group.value = page.group ?? null;
      this.title.value = page.group?.group_name ?? page.with?.display_name ?? this.name;
    });
    this.settle(page.messages);
  }

  /** They are in the log: no longer on their way. */
  private settle(messages: readonly Message[]): void {
    messages.forEach(({ client_id }) => client_id && this.outbox.discard(client_id));
  }

  private async catchUpOnce(): Promise<void> {
    for (let pages = 0; pages < pagesToCatchUp; pages++) {
      const page = await ask<Page>('GET', `${this.address}?after=${this.log.newest}&limit=200`);
      if (this.isAnother(page.group)) {
        this.close();
        return;
      }

      this.append(page.messages);
      if (!page.more || this.state.peek() === 'gone') {
        return;
      }
    }

    this.take(await ask<Page>('GET', this.address));
  }

  /** Deleted and made anew under the same slug, where the dashboard does not tell: its ids begin again. */
  private isAnother(group: Group | undefined): boolean {
    const created = this.group.peek()?.created_at;
    return group !== undefined && created !== undefined && group.created_at !== created;
  }

  /** False when there is a hole in front of them. */
  private append(messages: readonly Message[]): boolean {
    this.settle(messages);
    if (this.state.peek() === 'gone') {
      return true;
    }

    const fits = this.log.append(messages);
    this.shorten();
    this.messages.peek().slice(-1).forEach((newest) => this.know(newest));
    return fits;
  }

  private shorten(): void {
    if (this.log.shorten()) {
      this.before.value = this.messages.peek()[0]?.id ?? null;
    }
  }

  private fail(error: ApiError): void {
    if (error.code === 'not_found' || error.code === 'forbidden') {
      this.close();
    }
  }
}
