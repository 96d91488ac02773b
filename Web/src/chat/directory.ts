import { batch, signal } from '@preact/signals';
import { asApiError, type ApiError } from '../api/errors';
import { publicGroups } from '../api/addresses';
import { ask } from '../api/http';
import type { Group, GroupPage } from '../api/shapes';

/** Who types is left alone for so long before anything is asked, in milliseconds. */
const pause = 300;

/** A page may hold none of those that are searched for, and still not be the last: so many are passed over at once. */
const emptyPages = 5;

/** The search of the public groups. */
export class Directory {
  /** Null: nothing is searched for. */
  readonly found = signal<readonly Group[] | null>(null);
  readonly hasMore = signal(false);
  readonly busy = signal(false);
  readonly problem = signal<ApiError | null>(null);
  private query = '';
  private after: string | null = null;
  /** Which question is the last one: an earlier one's answer is of no use any more. */
  private turn = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  search(text: string): void {
    const query = text.trim();
    if (query === this.query) {
      return;
    }

    clearTimeout(this.timer);
    this.query = query;
    this.turn++;
    if (query === '') {
      this.show(null, null);
    } else {
      this.busy.value = true;
      this.timer = setTimeout(() => void this.load(null), pause);
    }
  }

  async more(): Promise<void> {
    if (this.after !== null && !this.busy.peek()) {
      await this.load(this.after);
    }
  }

  async retry(): Promise<void> {
    await this.load(null);
  }

  end(): void {
    this.turn++;
    clearTimeout(this.timer);
  }

  private async load(after: string | null): Promise<void> {
    const turn = ++this.turn;
    this.busy.value = true;
    try {
      const page = await this.page(after, turn);
      if (turn === this.turn) {
        this.show([...(after === null ? [] : (this.found.peek() ?? [])), ...page.groups], page.after);
      }
    } catch (error) {
      if (turn === this.turn) {
        batch(() => {
          this.busy.value = false;
          this.problem.value = asApiError(error);
        });
      }
    }
  }

  /** The next page that holds anything, or the last one that was asked for. */
  private async page(after: string | null, turn: number): Promise<GroupPage> {
    let page = await ask<GroupPage>('GET', publicGroups(this.query, after));
    for (let passed = 0; passed < emptyPages && page.groups.length === 0 && page.after !== null && turn === this.turn; passed++) {
      page = await ask<GroupPage>('GET', publicGroups(this.query, page.after));
    }

    return page;
  }

  private show(found: readonly Group[] | null, after: string | null): void {
    this.after = after;
    batch(() => {
      this.found.value = found;
      this.hasMore.value = after !== null;
      this.busy.value = false;
      this.problem.value = null;
    });
  }
}
