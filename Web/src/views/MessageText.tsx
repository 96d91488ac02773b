import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { segments } from '../text/links';
import { mentionParts } from '../text/mentions';
import { beginning, paragraphs } from '../text/paragraphs';

interface MessageTextProps {
  readonly text: string;
  readonly showAll: string;
  /** Whose mention is marked. */
  readonly me?: string;
}

/** A text as it was typed: every line finds its own direction, web addresses can be clicked, who reads sees where they are named, nothing else means anything. */
export function MessageText({ text, showAll, me }: MessageTextProps): JSX.Element {
  const [whole, setWhole] = useState(false);
  const cut = whole ? null : beginning(text);
  return (
    <div class="text">
      {paragraphs(cut ?? text).map((paragraph, index) =>
        paragraph.code ? <pre key={index} dir="ltr">{paragraph.text}</pre> : <p key={index} dir="auto"><Line text={paragraph.text} me={me} /></p>)}
      {cut !== null && <button type="button" class="show-all" onClick={() => setWhole(true)}>{showAll}</button>}
    </div>
  );
}

function Line({ text, me }: { readonly text: string; readonly me: string | undefined }): JSX.Element {
  if (!text.includes('://')) {
    return text === '' ? <br /> : <Words text={text} me={me} />;
  }

  return (
    <>
      {segments(text).map((part, index) =>
        'href' in part ? <a key={index} class="link" dir="ltr" href={part.href} target="_blank" rel="noopener noreferrer nofollow">{part.text}</a> : <Words key={index} text={part.text} me={me} />)}
    </>
  );
}

function Words({ text, me }: { readonly text: string; readonly me: string | undefined }): JSX.Element {
  return (
    <>
      {me === undefined || !text.includes('@') ? text : mentionParts(text, me).map((part, index) => (part.isMention ? <mark key={index} class="mention">{part.text}</mark> : part.text))}
    </>
  );
}
