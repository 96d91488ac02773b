import { vi, type Mock } from 'vitest';
import { knownSession, remember } from '../api/session';

/** A request as it went out. */
export interface Asked {
  readonly method: string;
  readonly address: string;
  readonly body: Record<string, unknown> | undefined;
}

type Answer = Response | Error | object | Promise<Response>;

/**
 * Stands in for the network, for whom is signed in; for Sara when nobody is. What `answer` gives is what comes back: a plain object is JSON with 200, an error is no answer at all. What was asked is in
 * `asked`, in order.
 */
export function fakeApi(answer: (asked: Asked, count: number) => Answer): { readonly asked: Asked[]; readonly fetch: Mock } {
  if (!knownSession()) {
    remember({ username: 'sara', expires_in: 900 });
  }

  const asked: Asked[] = [];
  const fetch = vi.fn(async (address: string, { method, body }: { method: string; body: string | null }): Promise<Response> => {
    const one: Asked = { method, address, body: body === null ? undefined : JSON.parse(body) as Record<string, unknown> };
    asked.push(one);
    const given = await answer(one, asked.length);
    if (given instanceof Error) {
      throw given;
    }

    return given instanceof Response ? given : json(given);
  });
  vi.stubGlobal('fetch', fetch);
  return { asked, fetch };
}

export const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });

/** An error as the API tells it. */
export const problem = (status: number, code: string, rest: { readonly errors?: object; readonly retryAfter?: number } = {}): Response =>
  new Response(JSON.stringify({ type: `urn:serverlesschat:error:${code}`, title: 'No.', status, code, ...(rest.errors ? { errors: rest.errors } : {}) }), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...(rest.retryAfter === undefined ? {} : { 'Retry-After': String(rest.retryAfter) }) },
  });

export const offline = (): Error => new TypeError('Failed to fetch');

/** An answer that comes when the test says so. */
export function later(): { readonly answer: Promise<Response>; readonly come: (body: unknown) => void; readonly fail: (error: Error) => void } {
  let come: (body: unknown) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const answer = new Promise<Response>((resolve, reject) => {
    come = (body) => resolve(body instanceof Response ? body : json(body));
    fail = reject;
  });
  return { answer, come, fail };
}

/** Lets everything that is ready happen, without time passing. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) {
    await Promise.resolve();
  }
}
