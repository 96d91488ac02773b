import type { Message } from '../api/shapes';

export interface Chunk {
  readonly key: number;
  readonly items: readonly Message[];
  /** The message in front of the first one. */
  readonly previous: Message | null;
}

/** Messages of one chunk. */
const size = 50;

/**
 * Cuts a list into pieces by id, and gives the same piece again while its messages are the same: a new message then draws one piece, not
 * five thousand messages.
 */
export class Chunks {
  private last: readonly Message[] = [];
  private made: readonly Chunk[] = [];

  of(messages: readonly Message[]): readonly Chunk[] {
    if (messages !== this.last) {
      const old = new Map(this.made.map((chunk) => [chunk.key, chunk]));
      this.made = cut(messages).map((chunk) => {
        const present = old.get(chunk.key);
        return present && isSame(present, chunk) ? present : chunk;
      });
      this.last = messages;
    }

    return this.made;
  }
}

function cut(messages: readonly Message[]): Chunk[] {
  const chunks: { key: number; items: Message[]; previous: Message | null }[] = [];
  let previous: Message | null = null;
  for (const message of messages) {
    const key = Math.floor(message.id / size);
    const last = chunks.at(-1);
    if (last?.key === key) {
      last.items.push(message);
    } else {
      chunks.push({ key, items: [message], previous });
    }

    previous = message;
  }

  return chunks;
}

const isSame = (a: Chunk, b: Chunk): boolean =>
  a.previous === b.previous && a.items.length === b.items.length && a.items.every((message, index) => message === b.items[index]);
