import type { JSX } from 'preact';
import type { Pending } from '../chat/pending';
import type { Words } from '../words/en';
import { problemText, wholeText } from '../words/problems';
import type { ItemActions } from './ItemActions';
import { MessageText } from './MessageText';
import { Quote } from './Quote';

interface PendingItemProps {
  readonly item: Pending;
  readonly locale: Words;
  readonly actions: ItemActions & { readonly retry: (clientId: string) => void; readonly discard: (clientId: string) => void };
}

/** A message of one's own on its way. */
export function PendingItem({ item, locale, actions }: PendingItemProps): JSX.Element {
  return (
    <li class="message own pending" data-state={item.state}>
      <div class="bubble">
        <span class="sr"><bdi>{locale.you}</bdi>: </span>
        {item.replyTo !== undefined && <Quote id={item.replyTo} locale={locale} actions={actions} />}
        <MessageText text={item.text} showAll={locale.showAll} />
        {item.state === 'failed' ? (
          <p class="failed" role="alert">
            {locale.notSent} {item.error && (item.error.code === 'not_found' && actions.isPrivate ? locale.nobodyThere : wholeText(item.error, locale))}{' '}
            <button type="button" onClick={() => actions.retry(item.clientId)}>{locale.sendAgain}</button>{' '}
            <button type="button" onClick={() => actions.discard(item.clientId)}>{locale.discard}</button>
          </p>
        ) : (
          <small>{item.state === 'sending' ? locale.sending : item.error && item.error.status > 0 ? problemText(item.error, locale) : locale.waiting}</small>
        )}
      </div>
    </li>
  );
}
