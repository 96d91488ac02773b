import { computed, signal } from '@preact/signals';
import { reaction } from '../api/addresses';
import { ask } from '../api/http';
import type { Entry, Message } from '../api/shapes';
import { fold } from '../text/fold';
import type { History } from './history';
import { isChange, isSameEmoji, withOwn } from './revise';

/** What somebody wants of one emoji on one message. */
interface Wish {
  readonly id: number;
  readonly emoji: string;
  readonly puts: boolean;
  /** The service has it, and the log does not tell of it yet. */
  readonly isSent?: true;
}

/** The entry that tells of a reaction is waited for so long, in milliseconds; then it is asked for. */
const patience = 5000;

/**
 * One's own reactions, laid over the log until it tells of them: so what others do meanwhile counts, and where one fails the log stands as it is. One
 * request at a time for an emoji on a message; the last wish wins.
 */
export class Reacting {
  private readonly wishes = signal<readonly Wish[]>([]);
  private readonly timers = new Set<ReturnType<typeof setTimeout>>();
  private ended = false;
  /** The messages of the log, with what one wants of them. */
  readonly messages = computed(() => {
    const [messages, wishes] = [this.history.messages.value, this.wishes.value];
    return wishes.length === 0 ? messages : messages.map((message) => wished(message, wishes));
  });

  constructor(
    private readonly address: string,
    private readonly history: History,
    private readonly me: string,
    private readonly catchUp: () => Promise<void>,
  ) {}

  /** A message of the log, with what one wants of it. Reads signals. */
  find(id: number): Message | undefined {
    const message = this.history.find(id);
    return message && wished(message, this.wishes.value);
  }

  /** Shows at once. Rejects with `ApiError` where it fails; a wish that changes one on its way is told of by that one. */
  async react(id: number, emoji: string, puts: boolean): Promise<void> {
    const [before, wish] = [this.wishFor(id, emoji), { id, emoji, puts }];
    this.replace(before, wish);
    if (!before || before.isSent) {
      await this.send(wish);
    }
  }

  /** The log has these entries: a reaction that was sent and that they tell of is no wish any more. */
  taken(entries: readonly Entry[]): void {
    for (const { user, target, emoji } of entries.filter(isChange)) {
      const wish = fold(user) === fold(this.me) && emoji !== undefined ? this.wishFor(target, emoji) : undefined;
      if (wish?.isSent) {
        this.replace(wish);
      }
    }
  }

  end(): void {
    this.ended = true;
    this.timers.forEach((timer) => clearTimeout(timer));
  }

  private async send(wish: Wish): Promise<void> {
    const failed = await ask(wish.puts ? 'PUT' : 'DELETE', reaction(this.address, wish.id, wish.emoji)).then(() => null, (error: unknown) => ({ error }));
    const latest = this.wishFor(wish.id, wish.emoji) ?? wish;
    if (latest.puts !== wish.puts) {
      await this.send(latest); // Also after a failure: the service may have it all the same.
    } else if (this.stands(wish)) {
      this.replace(latest);
    } else if (failed) {
      this.replace(latest);
      throw failed.error;
    } else {
      this.expect(latest);
    }
  }

  /** Whether the log tells of it. */
  private stands({ id, emoji, puts }: Wish): boolean {
    const message = this.history.find(id);
    return message !== undefined && withOwn(message, emoji, puts) === message;
  }

  /** Its entry comes by itself, or did already and another device's after it; or else it is asked for. */
  private expect(wish: Wish): void {
    const sent: Wish = { ...wish, isSent: true };
    this.replace(wish, sent);
    if (this.ended) {
      return;
    }

    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (this.wishes.peek().includes(sent)) {
        void this.catchUp().then(() => this.replace(sent));
      }
    }, patience);
    this.timers.add(timer);
  }

  private wishFor(id: number, emoji: string): Wish | undefined {
    return this.wishes.peek().find((one) => one.id === id && isSameEmoji(one.emoji, emoji));
  }

  /** Puts a wish in the place of another; or of none, or none in the place of one. */
  private replace(wish: Wish | undefined, by?: Wish): void {
    this.wishes.value = [...this.wishes.peek().filter((one) => one !== wish), ...(by ? [by] : [])];
  }
}

const wished = (message: Message, wishes: readonly Wish[]): Message =>
  wishes.reduce((now, { id, emoji, puts }) => (id === now.id && now.deleted_at === undefined ? withOwn(now, emoji, puts) : now), message);
