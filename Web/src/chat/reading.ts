import { ask } from '../api/http';
import type { Live } from '../live/live';
import type { Conversation } from './conversation';

/** Messages that arrive close together are reported as read together, in milliseconds. */
const together = 300;

/** Reports how far somebody has read: to the API, and to their other tabs at once. */
export class Reading {
  private readonly waiting = new Map<Conversation, ReturnType<typeof setTimeout>>();

  constructor(private readonly live: Live) {}

  /** Everything here up to the newest has been seen. */
  seen(conversation: Conversation): void {
    const id = conversation.newest;
    if (id <= conversation.readUpTo.peek()) {
      return;
    }

    conversation.readUpTo.value = id;
    if (conversation.group.peek()?.role === null) {
      return; // A guest in a public group has no read position there.
    }

    this.live.tell({ type: 'read', key: conversation.key, id });
    clearTimeout(this.waiting.get(conversation));
    this.waiting.set(conversation, setTimeout(() => this.report(conversation), together));
  }

  end(): void {
    this.waiting.forEach((timer) => clearTimeout(timer));
    this.waiting.clear();
  }

  /** What fails is reported with the next message that is seen, or shows again as unread after a reload: nothing is lost by it. */
  private report(conversation: Conversation): void {
    this.waiting.delete(conversation);
    ask('POST', `${conversation.address}read/`, { id: conversation.readUpTo.peek() }).catch(() => undefined);
  }
}
