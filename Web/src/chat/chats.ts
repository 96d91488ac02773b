import { batch, computed, signal } from '@preact/signals';
import { asApiError, type ApiError } from '../api/errors';
import { ask } from '../api/http';
import { dashboard as dashboardAddress } from '../api/addresses';
import type { Dashboard, Group, GroupSummary, PrivateChatSummary, Profile } from '../api/shapes';
import { Live } from '../live/live';
import { fold } from '../text/fold';
import { Conversation, type ConversationKind } from './conversation';
import { timeOf, type Happening } from './happening';
import { Hearing } from './hearing';
import { PendingStore } from './pending';
import { Presence } from './presence';
import { Reading } from './reading';

export const keyOf = (kind: ConversationKind, name: string): string => `${kind}/${fold(name)}`;

/** Everything one person sees: their conversations, kept live. */
export class Chats {
  readonly me = signal<Profile | null>(null);
  readonly problem = signal<ApiError | null>(null);
  readonly mine = signal<readonly Conversation[]>([]);
  readonly publicGroups = signal<readonly Group[]>([]);
  /** Newest first. */
  readonly list = computed(() => [...this.mine.value].sort((a, b) => timeOf(b) - timeOf(a)));
  readonly unread = computed(() => this.mine.value.reduce((sum, { unread }) => sum + unread.value, 0));
  readonly live: Live;
  readonly store: PendingStore;
  readonly reading: Reading;
  readonly presence = new Presence();
  private readonly known = new Map<string, Conversation>();
  private refreshing: Promise<void> | null = null;
  private refreshAgain = false;
  private ended = false;

  constructor(
    readonly username: string,
    happened: (happening: Happening) => void,
  ) {
    const hearing = new Hearing(this, happened);
    this.store = new PendingStore(username);
    this.live = new Live(username, {
      opened: () => this.reconnected(),
      received: (notification) => hearing.receive(notification),
      read: (key, id) => this.known.get(key)?.read(id),
      blocked: (username, blocked) => void (this.find('private', username).blocked.value = blocked),
      changed: () => void this.refresh(),
    });
    this.reading = new Reading(this.live);
  }

  async start(): Promise<void> {
    addEventListener('online', this.hurry);
    await this.refresh();
    if (this.ended) {
      return; // The session was over, or its person had enough of waiting.
    }

    for (const item of this.store.all()) {
      this.find(item.kind, item.name).outbox.adopt(item);
    }

    this.live.start();
  }

  end(): void {
    this.ended = true;
    removeEventListener('online', this.hurry);
    this.live.end();
    this.reading.end();
    this.presence.end();
    this.known.forEach((conversation) => conversation.end());
  }

  /** The conversation of that name; a new one when this page has not met it. */
  find(kind: ConversationKind, name: string): Conversation {
    const key = keyOf(kind, name);
    let conversation = this.known.get(key);
    if (!conversation || conversation.state.peek() === 'gone') {
      conversation = new Conversation(kind, name, key, this.store, () => void this.changed());
      this.known.set(key, conversation);
    }

    return conversation;
  }

  /** Reads the dashboard again; one at a time, and once more when asked meanwhile. */
  async refresh(): Promise<void> {
    this.refreshAgain = true;
    this.refreshing ??= this.refreshAll().finally(() => (this.refreshing = null));
    await this.refreshing;
  }

  /** A conversation that was heard of before the dashboard told of it. */
  meet(conversation: Conversation): void {
    if (!this.mine.peek().includes(conversation)) {
      this.mine.value = [...this.mine.peek(), conversation];
      void this.refresh(); // For its title and its read position.
    }
  }

  /** What the dashboard shows was changed by this tab. */
  async changed(): Promise<void> {
    this.live.tell({ type: 'changed' });
    await this.refresh();
  }

  /** A group is not one's own any more. */
  lose(slug: string): void {
    const conversation = this.known.get(keyOf('group', slug));
    conversation?.close();
    this.mine.value = this.mine.peek().filter((one) => one !== conversation);
  }

  private reconnected(): void {
    void this.refresh();
    this.known.forEach((conversation) => void conversation.recover());
    this.hurry();
  }

  private readonly hurry = (): void => this.known.forEach(({ outbox }) => outbox.hurry());

  private async refreshAll(): Promise<void> {
    while (this.refreshAgain) {
      this.refreshAgain = false;
      try {
        this.take(await ask<Dashboard>('GET', dashboardAddress));
        this.problem.value = null;
      } catch (error) {
        this.problem.value = asApiError(error);
      }
    }
  }

  private take(dashboard: Dashboard): void {
    batch(() => {
      this.me.value = dashboard.user;
      this.publicGroups.value = dashboard.public_groups;
      this.mine.value = [
        ...dashboard.groups.map((group) => this.update('group', group.slug, group.group_name, group, group)),
        ...dashboard.private_chats.map((chat) => this.update('private', chat.username, chat.display_name, chat, null)),
      ];
    });
  }

  private update(kind: ConversationKind, name: string, title: string, summary: GroupSummary | PrivateChatSummary, group: Group | null): Conversation {
    const present = this.find(kind, name);
    if (group && present.group.peek() && present.group.peek()?.created_at !== group.created_at) {
      present.close(); // Deleted and made anew while nobody listened: its ids begin again.
    }

    const conversation = this.find(kind, name);
    const wasGuest = group !== null && conversation.group.peek()?.role === null;
    conversation.title.value = title;
    conversation.group.value = group;
    if (wasGuest) {
      void conversation.catchUp(); // Its pages tell members alone how far others have read.
    }

    const { last_message: last, unread } = summary;
    if (last) {
      conversation.known.know(last);
      conversation.read((summary.last_id ?? Math.max(last.id, last.revision ?? 0)) - unread);
    }

    return conversation;
  }

  isMe(name: string): boolean {
    return fold(name) === fold(this.username);
  }
}
