import { afterEach, describe, expect, it, vi } from 'vitest';
import { knownSession, remember } from './api/session';
import { PendingStore } from './chat/pending';
import { kept } from './storage';

const refuse = (): never => {
  throw new DOMException('No.', 'QuotaExceededError');
};

afterEach(() => {
  vi.unstubAllGlobals();
  kept.keys().forEach((key) => kept.remove(key));
});

describe.each([
  ['is full', { getItem: () => null, setItem: refuse, removeItem: () => undefined }],
  ['is forbidden', { getItem: refuse, setItem: refuse, removeItem: refuse }],
])('A storage that %s', (_, storage) => {
  it('stops nobody from being signed in and writing', () => {
    vi.stubGlobal('localStorage', storage);
    remember({ username: 'sara', expires_in: 900 });
    expect(knownSession()?.username).toBe('sara');
    const store = new PendingStore('sara');
    store.put({ kind: 'group', name: 'g', clientId: 'c', text: 'x', at: 1, failed: false });
    expect(store.all()).toHaveLength(1);
    store.remove('c');
    expect(store.all()).toEqual([]);
  });
});

describe('A storage', () => {
  it('holds nothing back from other tabs once it has room', () => {
    kept.set('a', '1');
    expect(localStorage.getItem('a')).toBe('1');
    localStorage.setItem('a', '2');
    expect(kept.get('a')).toBe('2');
  });
});
