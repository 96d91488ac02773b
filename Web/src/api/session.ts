import type { Session } from './shapes';
import { kept } from '../storage';

/**
 * What a tab knows of the session. The tokens are in cookies that no script can read; this is who signed in and until when the access
 * token holds, shared by all tabs.
 */
export interface KnownSession {
  readonly username: string;
  /** Milliseconds since 1970, of this machine's clock. */
  readonly expiresAt: number;
}

const key = 'chat.session';

export function knownSession(): KnownSession | null {
  try {
    const value: unknown = JSON.parse(kept.get(key) ?? 'null');
    return isSession(value) ? value : null;
  } catch {
    return null;
  }
}

export function remember(session: Session): KnownSession {
  const known = { username: session.username, expiresAt: Date.now() + session.expires_in * 1000 };
  kept.set(key, JSON.stringify(known));
  return known;
}

export function forget(): void {
  kept.remove(key);
}

const erasedKey = 'chat.erased';

/** Tells the other tabs that this person has deleted their account. Nothing stays. */
export function tellErased(username: string): void {
  kept.set(erasedKey, username);
  kept.remove(erasedKey);
}

/** Calls back with the username when another tab has told so. */
export function onErased(erased: (username: string) => void): void {
  addEventListener('storage', ({ key: changed, newValue }) => {
    if (changed === erasedKey && newValue !== null) {
      erased(newValue);
    }
  });
}

/** Calls back when another tab signed in or out. */
export function onSessionChange(changed: () => void): void {
  addEventListener('storage', (event) => {
    if (event.key === key || event.key === null) {
      changed();
    }
  });
}

function isSession(value: unknown): value is KnownSession {
  return typeof value === 'object' && value !== null && 'username' in value && typeof value.username === 'string'
    && 'expiresAt' in value && typeof value.expiresAt === 'number';
}
