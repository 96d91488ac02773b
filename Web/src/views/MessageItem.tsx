import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Message } from '../api/shapes';
import { hrefOf } from '../app/route';
import { fold } from '../text/fold';
import { segments } from '../text/links';
import { beginning, paragraphs } from '../text/paragraphs';
import { clock, fullTime } from '../text/time';
import type { Words } from '../words/en';

interface MessageItemProps {
  readonly message: Message;
  readonly me: string;
  /** Whether the writer's name stands above it. */
  readonly named: boolean;
  readonly locale: Words;
}

export function MessageItem({ message, me, named, locale }: MessageItemProps): JSX.Element {
  const own = fold(message.user) === me;
  const at = new Date(message.timestamp);
  return (
    <li class={`message${own ? ' own' : ''}${named ? ' named' : ''}`} data-id={message.id}>
      <div class="bubble">
        {named && !own && <a class="author" href={hrefOf('private', message.user)}><bdi>{message.user}</bdi></a>}
        {!(named && !own) && <span class="sr"><bdi>{own ? locale.you : message.user}</bdi>: </span>}
        <MessageText text={message.message} showAll={locale.showAll} />
        <time dateTime={message.timestamp} title={fullTime(at)}>{clock(at)}</time>
      </div>
    </li>
  );
}

/** A text as it was typed: every line finds its own direction, web addresses can be clicked, nothing else means anything. */
export function MessageText({ text, showAll }: { readonly text: string; readonly showAll: string }): JSX.Element {
  const [whole, setWhole] = useState(false);
  const cut = whole ? null : beginning(text);
  return (
    <div class="text">
      {paragraphs(cut ?? text).map((paragraph, index) =>
        paragraph.code ? <pre key={index} dir="ltr">{paragraph.text}</pre> : <p key={index} dir="auto"><Line text={paragraph.text} /></p>)}
      {cut !== null && <button type="button" class="show-all" onClick={() => setWhole(true)}>{showAll}</button>}
    </div>
  );
}

function Line({ text }: { readonly text: string }): JSX.Element {
  if (!text.includes('://')) {
    return <>{text === '' ? <br /> : text}</>;
  }

  return (
    <>
      {segments(text).map((part, index) =>
        'href' in part ? <a key={index} class="link" dir="ltr" href={part.href} target="_blank" rel="noopener noreferrer nofollow">{part.text}</a> : part.text)}
    </>
  );
}
