import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Message } from '../api/shapes';
import { fold } from '../text/fold';
import { shownName } from '../text/names';

interface HeardProps {
  readonly messages: readonly Message[];
  readonly me: string;
}

/** So many of those that came together are said aloud, and so many characters of each. */
const most = 3;
const mostCharacters = 300;

/**
 * What others write while a conversation is open, for a screen reader. The list itself is silent: it would be read out whenever older ones are put
 * above it.
 */
export function Heard({ messages, me }: HeardProps): JSX.Element {
  const [heard, hear] = useState<readonly number[]>([]);
  const newest = useRef(messages.at(-1)?.id ?? 0);
  useEffect(() => {
    const fresh = messages.slice(-most).filter(({ id, user }) => id > newest.current && fold(user) !== me);
    newest.current = messages.at(-1)?.id ?? 0;
    if (fresh.length > 0) {
      hear(fresh.map(({ id }) => id));
    }
  }, [messages, me]);
  // As they stand now: what is deleted meanwhile is not left here to be read.
  const shown = heard.flatMap((id) => messages.findLast((one) => one.id === id && one.deleted_at === undefined) ?? []);
  return (
    <div class="sr" aria-live="polite">
      {shown.map(({ id, user, message }) => <p key={id}><bdi>{shownName(user)}</bdi>: {message.slice(0, mostCharacters)}</p>)}
    </div>
  );
}
