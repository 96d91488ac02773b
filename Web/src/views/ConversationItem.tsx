import type { JSX } from 'preact';
import { hrefOf } from '../app/route';
import type { Conversation } from '../chat/conversation';
import { fold } from '../text/fold';
import { shownName, titleOf } from '../text/names';
import { number } from '../text/numbers';
import { fullTime, shortTime } from '../text/time';
import { words } from '../words/language';
import { Icon } from './Icon';

interface ConversationItemProps {
  readonly conversation: Conversation;
  readonly me: string;
  readonly current: boolean;
}

/** One line of the dashboard: what it is, what was said last, how much is unread. */
export function ConversationItem({ conversation, me, current }: ConversationItemProps): JSX.Element {
  const texts = words.value;
  const { kind, name, group, last, unread } = conversation;
  const at = last.value ? new Date(last.value.timestamp) : null;
  const isPrivateGroup = group.value?.type === 'private';
  const count = unread.value;
  return (
    <a class="chat" href={hrefOf(kind, name)} aria-current={current ? 'page' : undefined}>
      <span class="avatar" aria-hidden="true"><Icon name={kind === 'private' ? 'person' : isPrivateGroup ? 'lock' : 'group'} /></span>
      <span class="line">
        <bdi class="title">{titleOf(conversation)}</bdi>
        {at && <time dateTime={last.value?.timestamp} title={fullTime(at)}>{shortTime(at)}</time>}
      </span>
      <span class="line">
        <Preview conversation={conversation} me={me} />
        {count > 0 && <span class="count"><span aria-hidden="true">{number(count)}</span><span class="sr">{texts.unread(number(count))}</span></span>}
      </span>
    </a>
  );
}

function Preview({ conversation: { kind, last }, me }: Omit<ConversationItemProps, 'current'>): JSX.Element {
  const message = last.value;
  if (!message) {
    return <span class="preview">{words.value.noMessages}</span>;
  }

  const own = fold(message.user) === fold(me);
  return (
    // The text decides the direction, its beginning is what is seen; names are isolated and have no say.
    <span class="preview" dir="auto">
      {(own || kind === 'group') && <><bdi>{own ? words.value.you : shownName(message.user)}</bdi>: </>}
      {message.deleted_at ? words.value.wasDeletedHere : message.message.slice(0, 120)}
    </span>
  );
}
