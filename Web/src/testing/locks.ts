import { vi } from 'vitest';

type Held = () => unknown;

/** Web Locks, as far as they are used here: exclusive, first come first served, a waiting request can be aborted. */
export class FakeLocks {
  private readonly queues = new Map<string, Promise<unknown>>();

  async request(name: string, second: Held | { readonly signal?: AbortSignal }, third?: Held): Promise<unknown> {
    const [held, signal] = typeof second === 'function' ? [second, undefined] : [third!, second.signal];
    const before = this.queues.get(name) ?? Promise.resolve();
    const turn = before.then(() => {
      signal?.throwIfAborted();
      return held();
    });
    this.queues.set(name, turn.catch(() => undefined));
    signal?.throwIfAborted();
    return turn;
  }
}

/** Gives `navigator` these locks; null: none, as in a page that is no secure context. */
export function stubLocks(locks: FakeLocks | null): void {
  const { language, languages } = navigator;
  vi.stubGlobal('navigator', { language, languages, ...(locks ? { locks } : {}) });
}
