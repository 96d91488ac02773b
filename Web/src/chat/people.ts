import { computed, signal } from '@preact/signals';
import { members } from '../api/addresses';
import { ask } from '../api/http';
import type { MemberPage, Message } from '../api/shapes';
import { fold } from '../text/fold';
import { isDeletedUser } from '../text/names';

/** So many pages of 200 are read: in a group of more than a thousand, who wrote lately is found all the same. */
const mostPages = 5;

/** What was read is good for so long, in milliseconds. */
const goodFor = 60_000;

/** Whom a group's message can mention. */
export class People {
  private readonly members = signal<readonly string[]>([]);
  private readAt = 0;
  /** Who wrote lately first, then by name; once each, and not oneself. */
  readonly names = computed(() => {
    const names = new Map<string, string>();
    [...this.messages.value.slice(-200).reverse().map(({ user }) => user).filter((name) => !isDeletedUser(name)), ...this.members.value].forEach((name) => names.has(fold(name)) || names.set(fold(name), name));
    names.delete(fold(this.me));
    return [...names.values()];
  });

  constructor(
    private readonly slug: string,
    private readonly me: string,
    private readonly messages: { readonly value: readonly Message[] },
  ) {}

  /** Reads the members, when that was not done lately. What can't be read is left out. */
  async want(): Promise<void> {
    if (Date.now() - this.readAt < goodFor) {
      return;
    }

    this.readAt = Date.now();
    const found: string[] = [];
    try {
      for (let page = 0, after: string | null = ''; page < mostPages && after !== null; page++) {
        const read: MemberPage = await ask<MemberPage>('GET', `${members(this.slug)}?limit=200${after && `&after=${encodeURIComponent(after)}`}`);
        found.push(...read.members.map(({ username }) => username));
        after = read.after;
      }
    } catch {
      this.readAt = 0;
    }

    this.members.value = found.length > 0 ? found : this.members.peek();
  }

  /** Names that begin so, at most six. */
  matching(query: string): readonly string[] {
    const begins = fold(query);
    return this.names.value.filter((name) => fold(name).startsWith(begins)).slice(0, 6);
  }
}
