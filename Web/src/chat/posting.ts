import { ApiError } from '../api/errors';
import { ask } from '../api/http';
import type { Message } from '../api/shapes';

/** Posts messages to a conversation; rejects with `ApiError`. `missing`: it is not there any more. */
export const postTo = (address: string, missing: () => void) => async (message: string, client_id: string, reply_to?: number): Promise<Message> => {
  try {
    return await ask<Message>('POST', address, { message, client_id, reply_to });
  } catch (error) {
    if (error instanceof ApiError && error.code === 'not_found') {
      missing();
    }

    throw error;
  }
};
