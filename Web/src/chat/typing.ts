import { ask } from '../api/http';

/** The service drops what is said again within 3 s, and requests don't take the same time: a little more, in milliseconds. */
const every = 3500;

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
}
