import { message as messageAddress } from '../api/addresses';
import { ask } from '../api/http';
import type { Message } from '../api/shapes';

/** What somebody does to the text of messages that are in the log. Everything rejects with `ApiError`. */
export class Revising {
  constructor(
    private readonly address: string,
    private readonly receive: (message: Message) => void,
    private readonly removed: (id: number) => void,
  ) {}

  async edit(id: number, message: string): Promise<void> {
    this.receive(await ask<Message>('PATCH', messageAddress(this.address, id), { message }));
  }

  async remove(id: number): Promise<void> {
    await ask('DELETE', messageAddress(this.address, id));
    this.removed(id); // The entry that tells of it may be long on its way.
  }
}
