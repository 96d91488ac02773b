import type { ApiError } from '../api/errors';
import type { ConversationKind } from './conversation';
import { kept } from '../storage';

/** A message of one's own that is not in the log yet. */
export interface Pending {
  readonly clientId: string;
  readonly text: string;
  /** Milliseconds since 1970: the order of sending. */
  readonly at: number;
  /** The id of the message that it answers. */
  readonly replyTo?: number;
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
  readonly replyTo?: number;
  readonly failed: boolean;
}

/** Keeps what is not sent yet across reloads, one entry per message, so that tabs don't overwrite each other's. */
export class PendingStore {
  private readonly prefix: string;
  private isForgotten = false;

  constructor(readonly username: string) {
    this.prefix = `chat.pending.${username}/`; // No username holds a slash: sara's is never the beginning of sara.ahmadi's.
  }

  put(item: StoredPending): void {
    if (!this.isForgotten) {
      kept.set(this.prefix + item.clientId, JSON.stringify(item));
    }
  }

  remove(clientId: string): void {
    kept.remove(this.prefix + clientId);
  }

  /** The account is gone: nothing is kept any more, whatever is still on its way. */
  forget(): void {
    this.isForgotten = true;
    this.all().forEach(({ clientId }) => this.remove(clientId));
  }

  /** Oldest first. */
  all(): StoredPending[] {
    return kept.keys()
      .filter((key) => key.startsWith(this.prefix))
      .map((key) => parse(kept.get(key)))
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
