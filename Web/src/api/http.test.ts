import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeApi, json, later, offline, problem, settle } from '../testing/api';
import { FakeLocks, stubLocks } from '../testing/locks';
import { ask, onSessionEnd, once } from './http';
import { knownSession, remember } from './session';

const ended = vi.fn();
const refreshed = { username: 'sara', expires_in: 900 };
const known = (username: string, seconds: number): void => void remember({ username, expires_in: seconds });

beforeEach(() => {
  localStorage.clear();
  ended.mockReset();
  onSessionEnd(ended);
  stubLocks(new FakeLocks());
});
afterEach(() => vi.unstubAllGlobals());

describe('A request', () => {
  it('is not sent when nobody is signed in', async () => {
    const { asked } = fakeApi(() => ({}));
    localStorage.clear();
    await expect(ask('GET', '/chat/')).rejects.toMatchObject({ code: 'not_signed_in', status: 401 });
    expect(asked).toEqual([]);
  });

  it('goes with its JSON and the cookies of this origin, past every cache', async () => {
    const { asked, fetch } = fakeApi(() => ({ id: 1 }));
    expect(await ask('POST', '/chat/group/a/', { message: 'سلام' })).toEqual({ id: 1 });
    expect(asked).toEqual([{ method: 'POST', address: '/chat/group/a/', body: { message: 'سلام' } }]);
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({
      credentials: 'same-origin', cache: 'no-store', headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
    });
    await ask('GET', '/chat/');
    expect(fetch.mock.calls[1]?.[1]).toMatchObject({ body: null, headers: { Accept: 'application/json' } });
  });

  it('answers nothing for 204', async () => {
    fakeApi(() => new Response(null, { status: 204 }));
    expect(await ask('POST', '/chat/logout/')).toBeUndefined();
  });

  it('that nobody answers is offline', async () => {
    fakeApi(offline);
    await expect(ask('GET', '/chat/')).rejects.toMatchObject({ code: 'offline', status: 0 });
  });

  it('that is not answered in time is given up', async () => {
    known('sara', 900);
    const patience = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
    vi.stubGlobal('fetch', async (_: string, { signal }: { signal: AbortSignal }) => signal.throwIfAborted());
    await expect(ask('GET', '/chat/')).rejects.toMatchObject({ code: 'offline', status: 0 });
    expect(patience).toHaveBeenCalledWith(20_000);
  });

  it.each(['{"messages":[{"id":1', '<html>Sign in to the hotel</html>', ''])('whose answer is cut or another program\'s (%j) is offline', async (body) => {
    fakeApi(() => new Response(body, { status: 200 }));
    await expect(ask('GET', '/chat/')).rejects.toMatchObject({ code: 'offline', status: 0 });
  });

  it('that is refused tells why', async () => {
    fakeApi(() => problem(409, 'slug_taken'));
    await expect(ask('POST', '/chat/create_group/', {})).rejects.toMatchObject({ code: 'slug_taken', status: 409 });
  });
});

describe.each([['with Web Locks', true], ['without Web Locks', false]])('The session, %s', (_, hasLocks) => {
  beforeEach(() => stubLocks(hasLocks ? new FakeLocks() : null));

  const addresses = (asked: readonly { address: string }[]): string[] => asked.map(({ address }) => address);

  it('is left alone while it holds', async () => {
    known('sara', 900);
    const { asked } = fakeApi(() => ({}));
    await ask('GET', '/chat/');
    expect(addresses(asked)).toEqual(['/chat/']);
  });

  it('is renewed before it ends', async () => {
    known('sara', 29);
    const { asked } = fakeApi(({ address }) => (address === '/chat/refresh/' ? refreshed : {}));
    await ask('GET', '/chat/');
    expect(addresses(asked)).toEqual(['/chat/refresh/', '/chat/']);
    expect(knownSession()!.expiresAt - Date.now()).toBeGreaterThan(800_000);
  });

  it('is renewed once after a 401, and the request repeated', async () => {
    known('sara', 900);
    const { asked } = fakeApi(({ address }, count) => (address === '/chat/refresh/' ? { ...refreshed, expires_in: 901 } : count === 1 ? problem(401, 'not_signed_in') : { id: 5 }));
    expect(await ask('POST', '/x/', { a: 1 })).toEqual({ id: 5 });
    expect(addresses(asked)).toEqual(['/x/', '/chat/refresh/', '/x/']);
    expect(asked[2]?.body).toEqual({ a: 1 });
  });

  it('is not renewed again when the repeated request is refused too', async () => {
    known('sara', 900);
    const { asked } = fakeApi(({ address }) => (address === '/chat/refresh/' ? refreshed : problem(401, 'not_signed_in')));
    await expect(ask('GET', '/x/')).rejects.toMatchObject({ status: 401 });
    expect(addresses(asked)).toEqual(['/x/', '/chat/refresh/', '/x/']);
  });

  it('is not renewed for a wrong password', async () => {
    known('sara', 900);
    const { asked } = fakeApi(() => problem(401, 'invalid_credentials'));
    await expect(ask('POST', '/chat/login/', {})).rejects.toMatchObject({ code: 'invalid_credentials' });
    expect(addresses(asked)).toEqual(['/chat/login/']);
  });

  it('is renewed once for several requests', async () => {
    known('sara', 10);
    const refresh = later();
    const { asked } = fakeApi(({ address }) => (address === '/chat/refresh/' ? refresh.answer : { address }));
    const all = Promise.all([ask('GET', '/a/'), ask('GET', '/b/'), ask('GET', '/c/')]);
    await settle();
    expect(addresses(asked)).toEqual(['/chat/refresh/']);
    refresh.come(refreshed);
    expect(await all).toEqual([{ address: '/a/' }, { address: '/b/' }, { address: '/c/' }]);
    expect(addresses(asked).filter((address) => address === '/chat/refresh/')).toHaveLength(1);
  });

  it('is renewed once for several requests that got a 401', async () => {
    known('sara', 900);
    let isRenewed = false;
    const { asked } = fakeApi(({ address }) => {
      isRenewed ||= address === '/chat/refresh/';
      return address === '/chat/refresh/' ? { ...refreshed, expires_in: 1800 } : isRenewed ? {} : problem(401, 'not_signed_in');
    });
    await Promise.all([ask('GET', '/a/'), ask('GET', '/b/'), ask('GET', '/c/')]);
    expect(addresses(asked).filter((address) => address === '/chat/refresh/')).toHaveLength(1);
  });

  it('that cannot be renewed just now stays known', async () => {
    known('sara', 10);
    fakeApi(offline);
    await expect(ask('GET', '/chat/')).rejects.toMatchObject({ code: 'offline' });
    fakeApi(() => problem(503, 'unavailable', { retryAfter: 3 }));
    await expect(ask('GET', '/chat/')).rejects.toMatchObject({ code: 'unavailable', retryAfter: 3 });
    expect(knownSession()?.username).toBe('sara');
    expect(ended).not.toHaveBeenCalled();
  });

  it('that is refused is over: told once, and nothing is asked any more', async () => {
    known('sara', 10);
    const { asked } = fakeApi(() => problem(401, 'invalid_refresh_token'));
    const all = await Promise.allSettled([ask('POST', '/a/'), ask('POST', '/b/')]);
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(addresses(asked)).toEqual(['/chat/refresh/']);
    expect(ended).toHaveBeenCalledTimes(1);
    expect(knownSession()).toBeNull();
  });
});

describe('Other tabs', () => {
  it('renew the session for this one too', async () => {
    known('sara', 900);
    const { asked } = fakeApi((_, count) => {
      if (count > 1) {
        return {};
      }

      known('sara', 1800);
      return problem(401, 'not_signed_in');
    });
    await ask('GET', '/x/');
    expect(asked.map(({ address }) => address)).toEqual(['/x/', '/x/']);
  });

  it('that sign in as somebody else get nothing repeated in their name', async () => {
    known('sara', 900);
    const { asked } = fakeApi(() => {
      known('ali', 1800);
      return problem(401, 'not_signed_in');
    });
    await expect(ask('POST', '/chat/private/omid/', { message: 'x' })).rejects.toMatchObject({ code: 'not_signed_in', status: 401 });
    expect(asked).toHaveLength(1);
    expect(ended).not.toHaveBeenCalled();
  });

  it('that sign out while this one waits for its turn leave nothing to ask for', async () => {
    known('sara', 10);
    const { asked } = fakeApi(() => ({}));
    let waiting: Promise<unknown> = Promise.resolve();
    await navigator.locks.request('chat.refresh', async () => {
      waiting = ask('GET', '/chat/').catch((error: unknown) => error);
      await settle();
      localStorage.clear();
    });
    expect(await waiting).toMatchObject({ code: 'not_signed_in', status: 401 });
    expect(asked).toEqual([]);
  });
});

describe('once', () => {
  it('asks without a thought for the session', async () => {
    known('sara', 1);
    const { asked } = fakeApi(() => json(refreshed));
    await once('POST', '/chat/login/', {});
    expect(asked).toHaveLength(1);
  });
});
