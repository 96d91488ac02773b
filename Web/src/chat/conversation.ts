import { batch, computed, signal } from '@preact/signals';
import { ApiError, asApiError } from '../api/errors';
import { ask } from '../api/http';
import { group as groupAddress, privateChat } from '../api/addresses';
import type { Entry, Group, Message, Page } from '../api/shapes';
import { isDeletedChat } from '../text/names';
import { Catching } from './catching';
import { Copies } from './copies';
import { isAnother } from './happening';
import { History } from './history';
import { Newest } from './newest';
import { Others } from './others';
import { Outbox } from './outbox';
import type { PendingStore } from './pending';
import { People } from './people';
import { postTo } from './posting';
import { Quotes } from './quotes';
import { Reacting } from './reacting';
import { isMessage } from './revise';
import { Revising } from './revising';
import { Typing } from './typing';

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
  /** In private: one has blocked the other, and writes nothing to them meanwhile. */
  readonly blocked = signal(false);
  readonly state = signal<ConversationState>('new');
  /** Not guests of a public group, nor who is left alone with what was said. */
  readonly canReact = computed(() => !this.isErased && this.group.value?.role !== null);
  /** Oldest first, as the service has told; none is missing between two of them. */
  readonly messages: History['messages'];
  readonly before: History['before'];
  readonly loadingOlder: History['loadingOlder'];
  readonly last: Newest['last'];
  readonly readUpTo: Newest['readUpTo'];
  readonly unread: Newest['unread'];
  readonly outbox: Outbox;
  readonly quotes: Quotes;
  readonly revising: Revising;
  readonly reacting: Reacting;
  readonly people: People;
  readonly others: Others;
  readonly typing: Typing;
  readonly address: string;
  /** In private: the other has deleted their account. It can be read, and nothing else. */
  readonly isErased: boolean;
  readonly history: History;
  readonly known: Newest;
  private readonly copies: Copies;
  private readonly catching = new Catching(() => this.catchUpOnce(), (error) => this.fail(error));
  /** A frame came while the first page was on its way. */
  private catchAgain = false;

  constructor(
    readonly kind: ConversationKind,
    /** The slug, or the other's username. */
    readonly name: string,
    readonly key: string,
    store: PendingStore,
    /** What the dashboard shows has changed: a message made one a member of a public group, or it is not there any more. */
    private readonly changed: () => void = () => undefined,
  ) {
    this.title.value = name;
    this.known = new Newest(store.username);
    ({ last: this.last, readUpTo: this.readUpTo, unread: this.unread } = this.known);
    this.isErased = kind === 'private' && isDeletedChat(name);
    this.address = kind === 'group' ? groupAddress(name) : privateChat(name);
    this.history = new History(this.address, store.username, (error) => this.fail(error));
    ({ messages: this.messages, before: this.before, loadingOlder: this.loadingOlder } = this.history);
    this.outbox = new Outbox(kind, name, store, postTo(this.address, this.changed), (message) => this.sent(message));
    this.quotes = new Quotes(this.address, this.history, store.username);
    this.reacting = new Reacting(this.address, this.history, store.username, () => this.catchUp());
    this.copies = new Copies(this.history, this.known, this.quotes, this.reacting);
    this.others = new Others(store.username);
    this.typing = new Typing(this.address);
    this.people = new People(name, store.username, this.messages);
    this.revising = new Revising(this.address, (message) => this.receive(message), (id) => this.copies.remove(id));
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

  /** Frames may have been missed; or what could not be read before may be there now. */
  async recover(): Promise<void> {
    const state = this.state.peek();
    await (state instanceof ApiError && state.isPassing ? this.open() : this.catchUp());
  }

  /** Nothing is asked for or sent any more. */
  end(): void {
    this.catching.end();
    this.others.end();
    this.reacting.end();
    this.outbox.end();
  }

  /** The newest id here, of a message or of a change. */
  get newest(): number {
    return this.history.newest;
  }

  /** A message that was sent or an entry that was heard of: here at most once, and never before those in front of it. */
  receive(entry: Entry): void {
    this.settle([entry]);
    this.copies.hear(entry);
    if (this.state.peek() === 'ready' && !this.append([entry])) {
      void this.catchUp();
    } else if (this.state.peek() === 'loading') {
      this.catchAgain = true;
    }
  }

  /** Everything up to this id has been read, here or elsewhere. */
  readonly read = (id: number): void => this.known.read(id);

  private sent(message: Message): void {
    this.receive(message);
    if (this.group.peek()?.role === null) {
      this.changed();
    }
  }

  /** Asks for what came after the newest message here. Fails silently, and is tried again by itself: a hole stays hidden until then. */
  async catchUp(): Promise<void> {
    if (this.state.peek() === 'ready') {
      await this.catching.run();
    }
  }

  /** Older messages: a page of them, and more where a page has none to show. */
  readonly loadOlder = async (): Promise<void> => this.history.loadOlder();

  /** Its messages are not ours to see any more. */
  close(): void {
    batch(() => {
      this.state.value = 'gone';
      this.history.reset([], null);
    });
    this.outbox.abandon();
    this.end();
  }

  private async load(): Promise<void> {
    try {
      this.take(await ask<Page>('GET', this.address));
      if (this.messages.peek().length === 0) {
        await this.loadOlder();
      }

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
      this.copies.reset(page.messages, page.before);
      this.state.value = 'ready';
      this.group.value = page.group ?? null;
      this.blocked.value = page.blocked ?? false;
      this.title.value = page.group?.group_name ?? page.with?.display_name ?? this.name;
    });
    this.settle(page.messages);
    this.others.take(page.reads);
  }

  /** They are in the log: no longer on their way. */
  private settle(entries: readonly Entry[]): void {
    entries.filter(isMessage).forEach(({ client_id }) => client_id && this.outbox.discard(client_id));
  }

  private async catchUpOnce(): Promise<void> {
    for (let pages = 0; pages < pagesToCatchUp; pages++) {
      const page = await ask<Page>('GET', `${this.address}?after=${this.newest}&limit=200`);
      if (isAnother(this.group.peek(), page.group)) {
        this.close();
        return;
      }

      this.blocked.value = page.blocked ?? false;
      this.append(page.messages);
      this.others.take(page.reads);
      if (!page.more || this.state.peek() === 'gone') {
        return;
      }
    }

    this.take(await ask<Page>('GET', this.address));
  }

  /** False when there is a hole in front of them. */
  private append(entries: readonly Entry[]): boolean {
    this.settle(entries);
    return this.state.peek() === 'gone' || this.copies.append(entries);
  }

  private fail(error: ApiError): void {
    if (error.code === 'not_found' || error.code === 'forbidden') {
      this.close();
    }
  }
}
