import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { blocks } from '../api/addresses';
import { asApiError, type ApiError } from '../api/errors';
import { ask } from '../api/http';
import type { Blocked } from '../api/shapes';
import { setBlocked } from '../chat/blocking';
import type { Chats } from '../chat/chats';
import { words } from '../words/language';
import { Problem } from './Field';

/** Whom one has blocked; asked for when somebody wants to see it. */
export function Blocks({ chats }: { readonly chats: Chats }): JSX.Element {
  const texts = words.value;
  const [list, setList] = useState<readonly Blocked[] | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const attempt = (action: Promise<void>): void => {
    setError(null);
    action.catch((thrown: unknown) => setError(asApiError(thrown)));
  };
  const load = async (): Promise<void> => setList((await ask<{ readonly blocks: readonly Blocked[] }>('GET', blocks)).blocks);
  const unblock = async (username: string): Promise<void> => {
    await setBlocked(chats, username, false);
    setList((present) => present?.filter((one) => one.username !== username) ?? null);
  };
  return (
    <details class="card" onToggle={({ currentTarget }) => { if (currentTarget.open) { attempt(load()); } }}>
      <summary>{texts.blocked}</summary>
      <Problem error={error} whole />
      {list?.length === 0 && <p class="hint" role="status">{texts.nobodyBlocked}</p>}
      <ul class="members">
        {list?.map(({ username, display_name }) => (
          <li key={username}>
            <bdi>{display_name}</bdi>{display_name !== username && <small><bdi>{username}</bdi></small>}
            <span class="buttons"><button type="button" aria-label={texts.unblockOf(username)} onClick={() => attempt(unblock(username))}>{texts.unblock}</button></span>
          </li>
        ))}
      </ul>
    </details>
  );
}
