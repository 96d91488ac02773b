import { block as blockAddress } from '../api/addresses';
import { ask } from '../api/http';
import type { Chats } from './chats';

/** Blocks somebody, or lets them write again. Rejects with `ApiError`. */
export async function setBlocked(chats: Chats, username: string, blocked: boolean): Promise<void> {
  await ask(blocked ? 'PUT' : 'DELETE', blockAddress(username));
  chats.find('private', username).blocked.value = blocked;
  chats.live.tell({ type: 'blocked', username, blocked });
}
