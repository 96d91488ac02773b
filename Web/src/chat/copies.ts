import type { Entry, Message } from '../api/shapes';
import type { History } from './history';
import type { Newest } from './newest';
import type { Quotes } from './quotes';
import type { Reacting } from './reacting';
import { asDeleted, isChange } from './revise';

/** Every copy of a message that this page has: in the log, in the list of chats, in quotes. What happens to it happens to all of them. */
export class Copies {
  constructor(
    private readonly history: History,
    private readonly known: Newest,
    private readonly quotes: Quotes,
    private readonly reacting: Reacting,
  ) {}

  /** An entry was heard of, in whatever order; the log takes it by itself. */
  hear(entry: Entry): void {
    if (isChange(entry)) {
      this.known.knowChange(entry);
      this.quotes.revise(entry);
    } else {
      this.known.know(entry);
      this.quotes.know(entry);
    }
  }

  /** False when there is a hole in front of them: the log has not taken them. */
  append(entries: readonly Entry[]): boolean {
    entries.filter(isChange).forEach((change) => this.hear(change));
    const fits = this.history.append(entries.map(this.known.orGap));
    if (fits) {
      this.reacting.taken(entries);
    }

    this.knowNewest();
    return fits;
  }

  /** These are all that is known: what happened before may have been missed. */
  reset(entries: readonly Entry[], before: number | null): void {
    this.history.reset(entries.map(this.known.orGap), before);
    this.quotes.reset();
    this.knowNewest();
  }

  /** The message was deleted here; no entry tells of it yet. */
  remove(id: number): void {
    const at = new Date().toISOString();
    const toGap = (message: Message): Message => asDeleted(message, at);
    [this.history, this.known, this.quotes].forEach((one) => one.change(id, toGap));
  }

  private knowNewest(): void {
    this.history.messages.peek().slice(-1).forEach((newest) => this.known.know(newest));
  }
}
