import { signal } from '@preact/signals';
import { ask } from '../api/http';
import { fold } from '../text/fold';
import type { Conversation } from './conversation';

/** A page that is loaded again is away for a moment: who goes is shown as gone after so long, in milliseconds. */
const patience = 5000;

/** What is answered may be so old, in milliseconds: who was heard of since is known better. */
const answerAge = 5000;

/** A frame may be lost, and is believed for so long, in milliseconds. */
const goodFor = 120_000;

/** Who is there, as far as somebody has asked. */
export class Presence {
  /** By folded name. */
  private readonly states = signal<ReadonlyMap<string, boolean>>(new Map());
  /** In milliseconds since 1970, by folded name. */
  private readonly heardAt = new Map<string, number>();
  private readonly leaving = new Map<string, ReturnType<typeof setTimeout>>();

  /** Undefined: nobody knows. Reads a signal. */
  isOnline(name: string): boolean | undefined {
    return this.states.value.get(fold(name));
  }

  heard(name: string, online: boolean): void {
    const key = fold(name);
    this.heardAt.set(key, Date.now());
    clearTimeout(this.leaving.get(key));
    this.leaving.delete(key);
    if (online) {
      this.put([[key, true]]);
    } else {
      this.leaving.set(key, setTimeout(() => this.put([[key, false]]), patience));
    }
  }

  /**
   * Asks for the other of a private chat, and again from time to time while somebody looks, until the answer is called. The first time soon again: the answer may be
   * from before the other came, and the frame that told of it too.
   */
  watch(conversation: Conversation): () => void {
    void this.ask(conversation);
    const again = setTimeout(() => void this.ask(conversation), answerAge + 1000);
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') {
        void this.ask(conversation);
      }
    }, goodFor);
    return () => {
      clearTimeout(again);
      clearInterval(timer);
    };
  }

  /** Asks for the other of a private chat, or who of a small group's people is there. What can't be told is not shown. */
  async ask({ kind, name, address, others }: Conversation, people: readonly string[] = [name]): Promise<void> {
    if (!others.isSmall.peek()) {
      return;
    }

    const since = Date.now() - answerAge;
    try {
      const answer = await ask<{ readonly online: boolean | readonly string[] }>('GET', `${address}presence/`);
      const there = Array.isArray(answer.online) ? answer.online.map((one: string) => fold(one)) : answer.online === true ? [fold(name)] : [];
      this.put((kind === 'private' ? [name] : people).map(fold).filter((one) => (this.heardAt.get(one) ?? 0) <= since).map((one) => [one, there.includes(one)]));
    } catch {
      // Who is there is nice to know; that it is not known is nothing to say.
    }
  }

  end(): void {
    this.leaving.forEach((timer) => clearTimeout(timer));
    this.leaving.clear();
  }

  private put(states: readonly (readonly [string, boolean])[]): void {
    this.states.value = new Map([...this.states.peek(), ...states]);
  }
}
