import { signal } from '@preact/signals';
import type { ConversationKind } from '../chat/conversation';

export type Route =
  | { readonly page: 'home' | 'register' | 'new' | 'profile' }
  | { readonly page: 'conversation'; readonly kind: ConversationKind; readonly name: string };

/** Reads `#/group/<slug>` and the like: behind `#`, so that the server has one page and a link can be shared. */
export function readRoute(hash: string): Route {
  const [page, name, ...rest] = hash.replace(/^#?\//, '').split('/');
  if ((page === 'group' || page === 'private') && name && rest.length === 0) {
    const decoded = decode(name); // Dots alone are no name, and an address made of them leads elsewhere.
    return decoded && !/^\.+$/.test(decoded) ? { page: 'conversation', kind: page, name: decoded } : { page: 'home' };
  }

  return { page: page === 'register' || page === 'new' || page === 'profile' ? page : 'home' };
}

export const hrefOf = (kind: ConversationKind, name: string): string => `#/${kind}/${encodeURIComponent(name)}`;

export const route = signal<Route>(readRoute(location.hash));

/** Where somebody was going when they found that they have to register first. */
export const wanted = signal('#/');

export function go(hash: string): void {
  location.hash = hash;
}

export function followRoute(): void {
  addEventListener('hashchange', () => {
    const from = route.peek();
    if (from.page === 'conversation') {
      wanted.value = hrefOf(from.kind, from.name);
    }

    route.value = readRoute(location.hash);
  });
}

function decode(name: string): string | null {
  try {
    return decodeURIComponent(name);
  } catch {
    return null;
  }
}
