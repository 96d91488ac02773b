import type { Notification } from '../api/shapes';
import type { ConnectionState } from './connection';

/** What tabs of one person tell each other. */
export type TabMessage =
  | { readonly type: 'received'; readonly notification: Notification }
  | { readonly type: 'opened' }
  | { readonly type: 'state'; readonly state: ConnectionState }
  | { readonly type: 'hello' }
  | { readonly type: 'read'; readonly key: string; readonly id: number }
  | { readonly type: 'blocked'; readonly username: string; readonly blocked: boolean }
  | { readonly type: 'changed' };

/**
 * The tabs of one person in one browser. One of them, the leader, holds the socket and tells the others what it hears; when it is closed, the browser
 * gives the lock to another. Without Web Locks (a page that is not a secure context) every tab is its own leader.
 */
export class Tabs {
  private readonly channel: BroadcastChannel;
  private readonly ending = new AbortController();
  private release: () => void = () => undefined;

  constructor(
    private readonly username: string,
    heard: (message: TabMessage) => void,
  ) {
    this.channel = new BroadcastChannel(`chat.${username}`);
    this.channel.onmessage = ({ data }) => heard(data as TabMessage);
  }

  tell(message: TabMessage): void {
    if (!this.ending.signal.aborted) {
      this.channel.postMessage(message);
    }
  }

  /** Calls back once when this tab becomes the leader. */
  lead(elected: () => void): void {
    if (!('locks' in navigator)) {
      elected();
      return;
    }

    const held = new Promise<void>((resolve) => (this.release = resolve));
    const asked = navigator.locks.request(`chat.socket.${this.username}`, { signal: this.ending.signal }, () => {
      elected();
      return held;
    });
    asked.catch(() => undefined); // The tab ended before its turn came.
  }

  end(): void {
    this.ending.abort();
    this.release();
    this.channel.close();
  }
}
