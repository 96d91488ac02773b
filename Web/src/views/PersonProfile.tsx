import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { profileOf } from '../api/addresses';
import { asApiError, type ApiError } from '../api/errors';
import { ask } from '../api/http';
import type { Profile } from '../api/shapes';
import type { Chats } from '../chat/chats';
import { date } from '../text/time';
import { words } from '../words/language';
import { Dialog } from './Dialog';
import { Problem } from './Field';

interface PersonProfileProps {
  readonly chats: Chats;
  readonly username: string;
  readonly closed: () => void;
}

/** What somebody shows of themselves. */
export function PersonProfile({ chats, username, closed }: PersonProfileProps): JSX.Element {
  const texts = words.value;
  const [person, setPerson] = useState<Profile | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  useEffect(() => {
    ask<Profile>('GET', profileOf(username)).then(setPerson, (thrown: unknown) => setError(asApiError(thrown)));
  }, [username]);
  return (
    <Dialog title={texts.theirProfile} closed={closed}>
      <Problem error={error} whole />
      {!person && !error && <p role="status">{texts.loading}</p>}
      {person && (
        <>
          <p><bdi class="subject">{person.display_name}</bdi><br /><small><bdi>{person.username}</bdi> · {texts.memberSince(date(new Date(person.created_at)))}</small></p>
          {chats.presence.isOnline(username) === true && <p class="live">{texts.online}</p>}
          {person.bio && <p dir="auto" class="bio">{person.bio}</p>}
        </>
      )}
    </Dialog>
  );
}
