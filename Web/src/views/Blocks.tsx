import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { blocks } from '../api/addresses';
import { asApiError, type ApiError } from '../api/errors';
import { ask } from '../api/http';
import type { Blocked } from '../api/shapes';
import { setBlocked } from '../chat/blocking';
import type { Chats } from '../chat/chats';
import { isDeletedChat } from '../text/names';
import { words } from '../words/language';
import { Problem } from './Field';

/** Whom one has blocked; asked for when somebody wants to see it. */
export function Blocks({ chats }: { readonly chats: Chats }): JSX.Element {
  const texts = words.value;
  const [list, setList] = useState<readonly Blocked[] | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const summary = useRef<HTMLElement>(null);
  const attempt = (action: Promise<void>): void => {
    setError(null);
    action.catch((thrown: unknown) => setError(asApiError(thrown)));
  };
  const load = async (): Promise<void> => setList((await ask<{ readonly blocks: readonly Blocked[] }>('GET', blocks)).blocks);
  const unblock = async (username: string): Promise<void> => {
    await setBlocked(chats, username, false);
    setList((present) => present?.filter((one) => one.username !== username) ?? null);
    summary.current?.focus(); // The button is gone.
  };
  return (
    <details class="card" onToggle={({ currentTarget }) => { if (currentTarget.open) { attempt(load()); } }}>
      <summary ref={summary}>{texts.blocked}</summary>
      <Problem error={error} whole />
      <div role="status">{list?.length === 0 && <p class="hint">{texts.nobodyBlocked}</p>}</div>
      <ul class="members">
        {list?.map(({ username, display_name }) => (
          <li key={username}>
            {isDeletedChat(username) ? <bdi>{texts.deletedUser}</bdi> : <><bdi>{display_name}</bdi>{display_name !== username && <small><bdi>{username}</bdi></small>}</>}
            <span class="buttons"><button type="button" aria-label={texts.unblockOf(username)} onClick={() => attempt(unblock(username))}>{texts.unblock}</button></span>
          </li>
        ))}
      </ul>
    </details>
  );
}
