import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { shownName } from '../text/names';
import type { Words } from '../words/en';
import type { ItemActions } from './ItemActions';

interface QuoteProps {
  readonly id: number;
  readonly locale: Words;
  readonly actions: ItemActions;
}

/** So many characters of a message are enough to know it again. */
export const excerptLength = 140;

/** The beginning of the message that another answers; leads to it. Drawn again by itself when that message changes. */
export function Quote({ id, locale, actions }: QuoteProps): JSX.Element {
  const message = useComputed(() => actions.quoted(id)).value;
  const isUnknown = message === undefined;
  useEffect(() => {
    if (isUnknown) {
      actions.want(id);
    }
  }, [id, isUnknown, actions]);
  const text = isUnknown ? '…' : message === null ? locale.notThere : message.deleted_at ? locale.wasDeletedHere : message.message.slice(0, excerptLength);
  return (
    <button type="button" class="quote" onClick={() => actions.jump(id)} disabled={message === null}>
      <span class="sr">{locale.answerTo} </span>
      {message && <bdi class="who">{shownName(message.user)}</bdi>}
      <span dir="auto" class="excerpt">{text}</span>
    </button>
  );
}
