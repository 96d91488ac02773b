import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as addresses from './addresses';
import { forget, knownSession, onSessionChange, remember } from './session';

beforeEach(() => localStorage.clear());
afterEach(() => vi.useRealTimers());

describe('What is known of the session', () => {
  it('is who signed in and until when, over a reload', () => {
    vi.useFakeTimers({ now: 1_000_000 });
    expect(remember({ username: 'sara', expires_in: 900 })).toEqual({ username: 'sara', expiresAt: 1_900_000 });
    expect(knownSession()).toEqual({ username: 'sara', expiresAt: 1_900_000 });
    forget();
    expect(knownSession()).toBeNull();
  });

  it('holds no token', () => {
    remember({ username: 'sara', expires_in: 900, token: 'secret', refresh_token: 'secret' } as Parameters<typeof remember>[0]);
    expect(JSON.stringify(Object.entries(localStorage))).not.toContain('secret');
  });

  it.each(['', 'null', '{', '[]', '7', '{"username":7,"expiresAt":1}', '{"username":"sara"}', '{"expiresAt":1}'])('is nothing when %j is stored', (stored) => {
    localStorage.setItem('chat.session', stored);
    expect(knownSession()).toBeNull();
  });

  it('is told when another tab changes it or clears everything', () => {
    const changed = vi.fn();
    onSessionChange(changed);
    dispatchEvent(new StorageEvent('storage', { key: 'chat.session' }));
    dispatchEvent(new StorageEvent('storage', { key: null }));
    expect(changed).toHaveBeenCalledTimes(2);
    dispatchEvent(new StorageEvent('storage', { key: 'chat.language' }));
    expect(changed).toHaveBeenCalledTimes(2);
  });
});

describe('An address', () => {
  it('holds names of any script and sign as one segment', () => {
    expect(addresses.group('گروه‌ما')).toBe('/chat/group/%DA%AF%D8%B1%D9%88%D9%87%E2%80%8C%D9%85%D8%A7/');
    expect(addresses.privateChat('a+b@c.d')).toBe('/chat/private/a%2Bb%40c.d/');
    expect(addresses.member('s/../x', 'a?b#c')).toBe('/chat/group/s%2F..%2Fx/members/a%3Fb%23c/');
    expect([addresses.join('s'), addresses.leave('s'), addresses.deleteGroup('s'), addresses.profileOf('u'), addresses.notifications('u')]).toEqual([
      '/chat/group/s/join/', '/chat/group/s/leave/', '/chat/delete_group/s/', '/chat/profile/u/', '/ws/notifications/u/',
    ]);
  });
});
