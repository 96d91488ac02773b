import { ask } from '../api/http';

/** The others are told at most so often, in milliseconds. */
const every = 3000;

/** Tells the others of a conversation that one is writing. */
export class Typing {
  private told = 0;

  constructor(private readonly address: string) {}

  /** Somebody has typed. What can't be told is not worth a word. */
  typed(): void {
    if (Date.now() - this.told >= every) {
      this.told = Date.now();
      ask('POST', `${this.address}typing/`).catch(() => undefined);
    }
  }

  /** The message is on its way: the next word is of another one. */
  sent(): void {
    this.told = 0;
  }
}
