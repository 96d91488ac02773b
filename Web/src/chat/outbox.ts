import { signal } from '@preact/signals';
import { ApiError, asApiError } from '../api/errors';
import type { Message } from '../api/shapes';
import { Backoff } from '../live/backoff';
import { randomId } from '../text/id';
import type { ConversationKind } from './conversation';
import type { Pending, PendingStore, StoredPending } from './pending';

/** A service that asks to be left alone longer than that is asked again all the same, in milliseconds. */
const longestRest = 60_000;

/** An answer that says the service is unwell is tried again so often by itself; no answer at all, for ever. */
const triesOfUnwell = 4;

/**
 * Sends one conversation's messages in the order they were written, one after the other. Every message has a `client_id`, so sending it again, here, in another
 * tab or after a reload, never stores it twice.
 */
export class Outbox {
  readonly pending = signal<readonly Pending[]>([]);
  private readonly backoff = new Backoff(1000, 15_000);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy = false;
  private unwell = 0;
  /** The service asked to be left alone until then, in milliseconds since 1970. */
  private restUntil = 0;
  private ended = false;

  constructor(
    private readonly kind: ConversationKind,
    private readonly name: string,
    private readonly store: PendingStore,
    /** Posts it; rejects with {@link ApiError}. */
    private readonly post: (text: string, clientId: string, replyTo?: number) => Promise<Message>,
    private readonly sent: (message: Message) => void,
  ) {}

  /** @param replyTo The id of the message that it answers. */
  send(text: string, replyTo?: number): void {
    const item: Pending = { ...contentOf({ clientId: randomId(), text, at: Date.now(), replyTo }), state: 'sending' };
    this.pending.value = [...this.pending.peek(), item];
    this.save(item);
    void this.work();
  }

  /** Takes over what an earlier page left. */
  adopt(item: StoredPending): void {
    if (!this.pending.peek().some(({ clientId }) => clientId === item.clientId)) {
      const state = item.failed ? 'failed' : 'waiting';
      const adopted: Pending = { ...contentOf(item), state };
      this.pending.value = [...this.pending.peek(), adopted].sort((a, b) => a.at - b.at);
      void this.work();
    }
  }

  retry(clientId: string): void {
    this.change(clientId, { state: 'sending' });
    this.hurry();
  }

  discard(clientId: string): void {
    this.pending.value = this.pending.peek().filter((item) => item.clientId !== clientId);
    this.store.remove(clientId);
  }

  /** The network may be back. */
  hurry(): void {
    clearTimeout(this.timer);
    this.backoff.reset();
    this.unwell = 0;
    void this.work();
  }

  /** The conversation is gone: what was on its way waits for its writer, and goes to no other of that name by itself. */
  abandon(): void {
    this.pending.peek().forEach(({ clientId }) => this.change(clientId, { state: 'failed' }));
    this.end();
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
  }

  private async work(): Promise<void> {
    if (this.busy) {
      return;
    }

    clearTimeout(this.timer);
    if (this.restUntil > Date.now()) {
      this.wait(0);
      return;
    }

    this.busy = true;
    try {
      for (let item = this.next(); item; item = this.next()) {
        await this.sendOne(item);
      }

      this.backoff.reset();
    } catch {
      this.wait(this.backoff.next());
    } finally {
      this.busy = false;
    }
  }

  private wait(atLeast: number): void {
    if (!this.ended) {
      this.timer = setTimeout(() => void this.work(), Math.max(atLeast, this.restUntil - Date.now()));
    }
  }

  private next(): Pending | undefined {
    return this.ended ? undefined : this.pending.peek().find(({ state }) => state !== 'failed');
  }

  /** Throws when this and what is behind it has to wait. */
  private async sendOne(item: Pending): Promise<void> {
    try {
      const message = await this.post(item.text, item.clientId, item.replyTo);
      this.discard(item.clientId);
      this.unwell = 0;
      this.sent(message);
    } catch (thrown) {
      const error = asApiError(thrown);
      if (error.status === 401) {
        this.end(); // Nobody is signed in: it is kept for when they are.
      } else if (this.isHopeless(error)) {
        this.unwell = 0;
        this.change(item.clientId, { state: 'failed', error });
      } else {
        this.change(item.clientId, { state: 'waiting', error });
        this.restUntil = Date.now() + Math.min((error.retryAfter ?? 0) * 1000, longestRest);
        throw error;
      }
    }
  }

  private isHopeless(error: ApiError): boolean {
    return !error.isPassing || (error.status >= 500 && ++this.unwell >= triesOfUnwell);
  }

  private change(clientId: string, to: Pick<Pending, 'state' | 'error'>): void {
    this.pending.value = this.pending.peek().map((item) => {
      if (item.clientId !== clientId) {
        return item;
      }

      const changed: Pending = { ...contentOf(item), ...to };
      this.save(changed);
      return changed;
    });
  }

  private save(item: Pending): void {
    this.store.put({ kind: this.kind, name: this.name, ...contentOf(item), failed: item.state === 'failed' });
  }
}

/** What was written, apart from how far it has come. */
function contentOf({ clientId, text, at, replyTo }: { clientId: string; text: string; at: number; replyTo?: number | undefined }): Pick<Pending, 'clientId' | 'text' | 'at' | 'replyTo'> {
  return { clientId, text, at, ...(replyTo === undefined ? {} : { replyTo }) };
}
