import { signal } from '@preact/signals';
import { ask } from '../api/http';
import { notifications } from '../api/addresses';
import type { Negotiated, Notification } from '../api/shapes';
import { Connection, type ConnectionState } from './connection';
import { Tabs, type TabMessage } from './tabs';

export interface LiveEvents {
  /** Frames may have been missed until now. */
  readonly opened: () => void;
  readonly received: (notification: Notification) => void;
  /** Another tab has read a conversation up to `id`. */
  readonly read: (key: string, id: number) => void;
  /** Another tab has blocked somebody, or let them write again. */
  readonly blocked: (username: string, blocked: boolean) => void;
  /** Another tab has changed what the dashboard shows. */
  readonly changed: () => void;
}

/** Everything live of one person: one socket for all their tabs. */
export class Live {
  readonly state = signal<ConnectionState>('connecting');
  private readonly tabs: Tabs;
  private connection: Connection | null = null;

  constructor(
    private readonly username: string,
    private readonly events: LiveEvents,
  ) {
    this.tabs = new Tabs(username, (message) => this.hear(message));
  }

  start(): void {
    this.tabs.lead(() => this.connect());
    this.tabs.tell({ type: 'hello' });
  }

  /** Whether this tab holds the socket: what is to happen once per browser happens here. */
  get leads(): boolean {
    return this.connection !== null;
  }

  tell(message: TabMessage): void {
    this.tabs.tell(message);
  }

  end(): void {
    this.connection?.end();
    this.tabs.end();
  }

  private connect(): void {
    const connection = new Connection(
      async () => (await ask<Negotiated>('POST', notifications(this.username))).url,
      {
        opened: () => {
          this.tabs.tell({ type: 'opened' });
          this.events.opened();
        },
        received: (notification) => {
          this.tabs.tell({ type: 'received', notification });
          this.events.received(notification);
        },
        changed: (state) => {
          this.state.value = state;
          this.tabs.tell({ type: 'state', state });
        },
      },
    );
    this.connection = connection;
    connection.start();
  }

  private hear(message: TabMessage): void {
    switch (message.type) {
      case 'hello':
        if (this.leads) {
          this.tabs.tell({ type: 'state', state: this.state.value });
        }

        break;
      case 'state':
      case 'opened':
      case 'received':
        if (!this.leads) {
          this.follow(message);
        }

        break;
      case 'read':
        this.events.read(message.key, message.id);
        break;
      case 'blocked':
        this.events.blocked(message.username, message.blocked);
        break;
      case 'changed':
        this.events.changed();
        break;
    }
  }

  /** What the tab with the socket hears. One that has a socket of its own hears it there. */
  private follow(message: Extract<TabMessage, { type: 'state' | 'opened' | 'received' }>): void {
    switch (message.type) {
      case 'state':
        this.state.value = message.state;
        break;
      case 'opened':
        this.events.opened();
        break;
      case 'received':
        this.events.received(message.notification);
        break;
    }
  }
}
