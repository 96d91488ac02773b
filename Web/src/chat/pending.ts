import type { ApiError } from '../api/errors';
import type { ConversationKind } from './conversation';

/** A message of one's own that is not in the log yet. */
export interface Pending {
  readonly clientId: string;
  readonly text: string;
  /** Milliseconds since 1970: the order of sending. */
  readonly at: number;
  /** `waiting`: no answer came; it is tried again by itself. `failed`: the person decides. */
  readonly state: 'sending' | 'waiting' | 'failed';
  readonly error?: ApiError;
}

export interface StoredPending {
  readonly kind: ConversationKind;
  readonly name: string;
  readonly clientId: string;
  readonly text: string;
  readonly at: number;
  readonly failed: boolean;
}

/** Keeps what is not sent yet across reloads, one entry per message, so that tabs don't overwrite each other's. */
export class PendingStore {
  private readonly prefix: string;

  constructor(username: string) {
    this.prefix = `chat.pending.${username}/`; // No username holds a slash: sara's is never the beginning of sara.ahmadi's.
  }

  put(item: StoredPending): void {
    try {
      localStorage.setItem(this.prefix + item.clientId, JSON.stringify(item));
    } catch {
      // Full or forbidden: the message is then only as safe as this tab.
    }
  }

  remove(clientId: string): void {
    localStorage.removeItem(this.prefix + clientId);
  }

  /** Oldest first. */
  all(): StoredPending[] {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(this.prefix))
      .map((key) => parse(localStorage.getItem(key)))
      .filter((item) => item !== null)
      .sort((a, b) => a.at - b.at);
  }
}

function parse(text: string | null): StoredPending | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return typeof value === 'object' && value !== null && 'clientId' in value && 'text' in value && 'name' in value ? (value as StoredPending) : null;
  } catch {
    return null;
  }
}
