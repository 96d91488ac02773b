import type { JSX } from 'preact';
import type { Message } from '../api/shapes';
import { hrefOf } from '../app/route';
import { fold } from '../text/fold';
import { isDeletedUser, shownName } from '../text/names';
import { clock, fullTime } from '../text/time';
import type { Words } from '../words/en';
import { Icon } from './Icon';
import type { ItemActions } from './ItemActions';
import { MessageText } from './MessageText';
import { Quote } from './Quote';
import { Reactions } from './Reactions';
import { Seen } from './Seen';

interface MessageItemProps {
  readonly message: Message;
  readonly me: string;
  /** Whether the writer's name stands above it. */
  readonly named: boolean;
  readonly locale: Words;
  readonly actions: ItemActions;
}

export function MessageItem({ message, me, named, locale, actions }: MessageItemProps): JSX.Element {
  const own = fold(message.user) === me;
  return (
    <li class={`message${own ? ' own' : ''}${named ? ' named' : ''}`} data-id={message.id}>
      <div class="bubble">
        {named && !own ? <Author name={message.user} /> : <span class="sr"><bdi>{own ? locale.you : shownName(message.user)}</bdi>: </span>}
        {message.deleted_at ? <p class="gone">{locale.wasDeletedHere}</p> : <Content message={message} me={me} locale={locale} actions={actions} />}
        <Meta message={message} own={own} locale={locale} actions={actions} />
        <Reactions message={message} locale={locale} actions={actions} />
      </div>
      {!message.deleted_at && <Act message={message} locale={locale} actions={actions} />}
    </li>
  );
}

/** Leads to the person, when there still is one. */
function Author({ name }: { readonly name: string }): JSX.Element {
  return isDeletedUser(name) ? <span class="author"><bdi>{shownName(name)}</bdi></span> : <a class="author" href={hrefOf('private', name)}><bdi>{name}</bdi></a>;
}

type PartProps = Pick<MessageItemProps, 'message' | 'locale' | 'actions'>;

function Content({ message, me, locale, actions }: PartProps & Pick<MessageItemProps, 'me'>): JSX.Element {
  return (
    <>
      {message.reply_to !== undefined && <Quote id={message.reply_to} locale={locale} actions={actions} />}
      <MessageText text={message.message} showAll={locale.showAll} me={me} />
    </>
  );
}

function Meta({ message: { id, timestamp, edited_at, deleted_at }, own, locale, actions }: PartProps & { readonly own: boolean }): JSX.Element {
  const at = new Date(timestamp);
  return (
    <div class="meta">
      {edited_at && <span class="edited" title={fullTime(new Date(edited_at))}>{locale.edited}</span>}
      <time dateTime={timestamp} title={fullTime(at)}>{clock(at)}</time>
      {own && !deleted_at && <Seen id={id} locale={locale} actions={actions} />}
    </div>
  );
}

/** Opens the menu of a message. One of the list's is in the order of Tab, the arrows go on from there: see `Roving`. */
function Act({ message, locale, actions }: PartProps): JSX.Element {
  return (
    <button type="button" class="act icon" tabIndex={-1} aria-haspopup="dialog" aria-label={locale.actionsFor(shownName(message.user))} title={locale.actions}
      onClick={({ currentTarget }) => actions.offer(message, currentTarget)}>
      <Icon name="more" />
    </button>
  );
}
