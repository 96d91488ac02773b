import { message as messageAddress, reaction } from '../api/addresses';
import { ask } from '../api/http';
import type { Message } from '../api/shapes';
import type { History } from './history';
import { asDeleted, withOwn } from './revise';

/** What somebody does to messages that are in the log. Everything rejects with `ApiError`. */
export class Revising {
  constructor(
    private readonly address: string,
    private readonly history: History,
    private readonly receive: (message: Message) => void,
  ) {}

  async edit(id: number, message: string): Promise<void> {
    this.receive(await ask<Message>('PATCH', messageAddress(this.address, id), { message }));
  }

  async remove(id: number): Promise<void> {
    await ask('DELETE', messageAddress(this.address, id));
    this.history.change(id, (message) => asDeleted(message, new Date().toISOString())); // The entry that tells of it may be long on its way.
  }

  /** Shows at once; what is refused, or not answered, is taken back. */
  async react(id: number, emoji: string, puts: boolean): Promise<void> {
    this.history.change(id, (message) => withOwn(message, emoji, puts));
    try {
      await ask(puts ? 'PUT' : 'DELETE', reaction(this.address, id, emoji));
    } catch (error) {
      this.history.change(id, (message) => withOwn(message, emoji, !puts));
      throw error;
    }
  }
}
