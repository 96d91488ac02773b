import { signal } from '@preact/signals';
import type { ReadPosition } from '../api/shapes';
import { fold } from '../text/fold';

/** Who writes is said so again every 3 to 4 s; after so long without a word they don't write any more, in milliseconds. */
const typingFor = 5000;

/** What the others of a conversation do in it: how far they have read, and who is writing. */
export class Others {
  /** By folded name. */
  private readonly reads = signal<ReadonlyMap<string, number>>(new Map());
  private readonly ends = new Map<string, ReturnType<typeof setTimeout>>();
  /** Who is writing just now. */
  readonly typing = signal<readonly string[]>([]);
  /** Whether such things are told here: between two, and in small groups. */
  readonly isSmall = signal(false);

  constructor(private readonly me: string) {}

  take(reads: readonly ReadPosition[] | undefined): void {
    this.isSmall.value = reads !== undefined;
    reads?.forEach(({ user, id }) => this.read(user, id));
  }

  /** Forward alone, whatever order it is heard in. */
  read(user: string, id: number): void {
    const name = fold(user);
    if (name !== fold(this.me) && id > (this.reads.peek().get(name) ?? 0)) {
      this.reads.value = new Map(this.reads.peek()).set(name, id);
    }
  }

  /** How many of the others have read this message, its writer apart. */
  readersOf(id: number): number {
    let count = 0;
    this.reads.value.forEach((upTo) => (count += upTo >= id ? 1 : 0));
    return count;
  }

  types(user: string): void {
    const name = fold(user);
    if (name === fold(this.me)) {
      return;
    }

    clearTimeout(this.ends.get(name));
    this.ends.set(name, setTimeout(() => this.stops(user), typingFor));
    if (!this.typing.peek().some((one) => fold(one) === name)) {
      this.typing.value = [...this.typing.peek(), user];
    }
  }

  /** A message of theirs is there, or they have been silent for long enough. */
  stops(user: string): void {
    const name = fold(user);
    clearTimeout(this.ends.get(name));
    if (this.ends.delete(name)) {
      this.typing.value = this.typing.peek().filter((one) => fold(one) !== name);
    }
  }

  end(): void {
    this.ends.forEach((timer) => clearTimeout(timer));
    this.ends.clear();
  }
}
