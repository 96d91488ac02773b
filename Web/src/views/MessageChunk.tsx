import { Component, type JSX } from 'preact';
import type { Message } from '../api/shapes';
import { dayName, dayOf } from '../text/time';
import type { Words } from '../words/en';
import type { ItemActions } from './ItemActions';
import { MessageItem } from './MessageItem';

interface MessageChunkProps {
  readonly items: readonly Message[];
  readonly previous: Message | null;
  readonly marker: number | null;
  readonly me: string;
  readonly locale: Words;
  /** The days are named as of this one. */
  readonly today: number;
  readonly actions: ItemActions;
}

/** Messages of one person follow each other without their name for so long, in milliseconds. */
const sameBreath = 5 * 60_000;

/** Some messages that follow each other, with the days between them. Drawn again only when they change. */
export class MessageChunk extends Component<MessageChunkProps> {
  override shouldComponentUpdate(next: MessageChunkProps): boolean {
    const { items, previous, marker, me, locale, today } = this.props;
    return next.items !== items || next.previous !== previous || next.marker !== marker || next.me !== me || next.locale !== locale || next.today !== today;
  }

  override render({ items, previous, marker, me, locale, actions }: MessageChunkProps): JSX.Element {
    return (
      <ol class="chunk">
        {items.flatMap((message, index) => {
          const before = items[index - 1] ?? previous;
          const at = new Date(message.timestamp);
          const newDay = !before || dayOf(new Date(before.timestamp)) !== dayOf(at);
          const isMarked = marker === message.id - 1;
          return [
            newDay && <li key={`day ${message.id}`} class="day"><time dateTime={message.timestamp}>{dayName(at)}</time></li>,
            isMarked && <li key="marker" class="marker"><span>{locale.newMessages}</span></li>,
            <MessageItem key={message.id} message={message} me={me} named={newDay || isMarked || !follows(before, message)} locale={locale} actions={actions} />,
          ];
        })}
      </ol>
    );
  }
}

const follows = (before: Message, message: Message): boolean =>
  before.user === message.user && Date.parse(message.timestamp) - Date.parse(before.timestamp) < sameBreath;
