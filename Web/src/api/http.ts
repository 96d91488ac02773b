import { ApiError, errorOf } from './errors';
import { forget, knownSession, remember, type KnownSession } from './session';
import type { Session } from './shapes';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** An access token this close to its end is renewed first. */
const early = 30_000;

/** No answer for that long is no answer. */
const patience = 20_000;

/** The API sends one answer for up to 210 s. */
const patienceForFiles = 240_000;

let ended: () => void = () => undefined;

/** Calls back when the session is over and cannot be renewed. */
export function onSessionEnd(callback: () => void): void {
  ended = callback;
}

/** Asks the API; renews the session first, or once after a 401. Throws {@link ApiError}. */
export async function ask<T>(method: Method, address: string, body?: object): Promise<T> {
  return withSession(() => once<T>(method, address, body));
}

/** Asks for what is no JSON and takes its time. Throws {@link ApiError}, also when it is cut off. */
export async function askFile(address: string): Promise<Blob> {
  return withSession(async () => {
    const response = await send('GET', address, undefined, patienceForFiles);
    if (!response.ok) {
      throw await errorOf(response);
    }

    return response.blob().catch(() => {
      throw new ApiError('cut_off', 0);
    });
  });
}

async function withSession<T>(request: () => Promise<T>): Promise<T> {
  const before = knownSession();
  if (before && before.expiresAt - early < Date.now()) {
    await renew(before);
  }

  const used = knownSession();
  if (!used) {
    throw new ApiError('not_signed_in', 401); // Another tab has logged out a moment ago.
  }

  try {
    return await request();
  } catch (error) {
    if (error instanceof ApiError && error.code === 'not_signed_in') {
      await renew(used);
      return request();
    }

    throw error;
  }
}

/** Asks without a thought for the session: to log in, register and refresh. */
export async function once<T>(method: Method, address: string, body?: object): Promise<T> {
  const response = await send(method, address, body);
  if (!response.ok) {
    throw await errorOf(response);
  }

  try {
    return (response.status === 204 ? undefined : await response.json()) as T;
  } catch {
    throw new ApiError('offline', 0); // Cut off in the middle, or another program's answer (a sign-in page of a hotel).
  }
}

async function send(method: Method, address: string, body?: object, within = patience): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (body) {
    headers['Content-Type'] = 'application/json';
  }

  try {
    return await fetch(address, {
      method,
      headers,
      body: body ? JSON.stringify(body) : null,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(within),
    });
  } catch {
    throw new ApiError('offline', 0);
  }
}

/**
 * A refresh token works once, and a second use ends the session. All tabs share it: so one tab renews at a time, and one that waited
 * finds the session renewed.
 */
async function renew(used: KnownSession): Promise<void> {
  await exclusively(async () => {
    const now = knownSession();
    if (now?.username !== used.username) {
      throw new ApiError('not_signed_in', 401); // Another tab signed out, or in as somebody else: nothing is asked in that name.
    }

    if (now.expiresAt > used.expiresAt) {
      return;
    }

    try {
      remember(await once<Session>('POST', '/chat/refresh/', {}));
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        forget();
        ended();
        throw new ApiError('not_signed_in', 401);
      }

      throw error;
    }
  });
}

let queue: Promise<unknown> = Promise.resolve();

/** Web Locks need a secure context; without one, the tabs are on their own and only this tab's requests take turns. */
async function exclusively(action: () => Promise<void>): Promise<void> {
  if ('locks' in navigator) {
    await navigator.locks.request('chat.refresh', action);
    return;
  }

  const turn = queue.then(action, action);
  queue = turn.catch(() => undefined);
  await turn;
}
