import { Component, createRef, type JSX } from 'preact';
import type { Message } from '../api/shapes';
import type { Pending } from '../chat/pending';
import { number } from '../text/numbers';
import type { Words } from '../words/en';
import { Icon } from './Icon';
import { Chunks } from './chunks';
import { Heard } from './Heard';
import { MessageChunk } from './MessageChunk';
import { PendingItem } from './PendingItem';

export interface MessageListActions {
  /** The newest is on the screen and somebody looks. */
  readonly seen: () => void;
  /** New ones came that nobody looks at. */
  readonly unseen: () => void;
  readonly older: () => void;
  /** Whether the newest is out of sight: then what is here stays here. */
  readonly hold: (held: boolean) => void;
  readonly retry: (clientId: string) => void;
  readonly discard: (clientId: string) => void;
}

export interface MessageListProps {
  readonly messages: readonly Message[];
  readonly pending: readonly Pending[];
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
  readonly unread: number;
  /** The line "new messages" stands after this id. */
  readonly marker: number | null;
  readonly me: string;
  readonly locale: Words;
  readonly today: number;
  readonly actions: MessageListActions;
}

/** What must not move when the list changes: a message on the screen and the distance of its lower edge from the list's upper one. */
interface Place {
  readonly message: Element | null;
  readonly edge: number;
  readonly atEnd: boolean;
}

/** Closer to the end than that is at the end, in pixels. */
const nearEnd = 40;

/** The messages, newest at the bottom. A class, because it has to look at the page right before it is changed: so nothing ever jumps. */
export class MessageList extends Component<MessageListProps, { readonly away: boolean }> {
  override state = { away: false };
  private readonly scroller = createRef<HTMLDivElement>();
  private readonly content = createRef<HTMLDivElement>();
  private readonly top = createRef<HTMLDivElement>();
  private readonly chunks = new Chunks();
  private readonly sizes = new ResizeObserver(() => (this.atEnd ? this.toEnd() : this.moved()));
  private nearTop: IntersectionObserver | null = null;
  private atEnd = true;
  /** The oldest message when the beginning was last watched. */
  private oldest: number | undefined;

  override componentDidMount(): void {
    const marker = this.scroller.current?.querySelector('.marker');
    if (marker) {
      marker.scrollIntoView({ block: 'center' });
    } else {
      this.toEnd();
    }

    [this.scroller, this.content].forEach(({ current }) => current && this.sizes.observe(current));
    this.watchTop();
    document.addEventListener('visibilitychange', this.look);
    addEventListener('focus', this.look);
    this.moved();
    this.look();
  }

  override componentWillUnmount(): void {
    this.sizes.disconnect();
    this.nearTop?.disconnect();
    this.props.actions.hold(false);
    document.removeEventListener('visibilitychange', this.look);
    removeEventListener('focus', this.look);
  }

  override getSnapshotBeforeUpdate(): Place {
    const list = this.scroller.current;
    if (!list || this.atEnd) {
      return { message: null, edge: 0, atEnd: this.atEnd };
    }

    const box = list.getBoundingClientRect();
    const message = middleOf(list, box);
    return { message, edge: (message?.getBoundingClientRect().bottom ?? 0) - box.top, atEnd: false };
  }

  override componentDidUpdate(before: MessageListProps, _: unknown, place: Place): void {
    const list = this.scroller.current;
    if (!list) {
      return;
    }

    const isOwnNew = this.props.pending.length > before.pending.length;
    if (place.atEnd || isOwnNew) {
      this.toEnd();
    } else if (place.message?.isConnected) {
      const edge = place.message.getBoundingClientRect().bottom - list.getBoundingClientRect().top;
      list.scrollTop += edge - place.edge;
    }

    if (before.loadingOlder && !this.props.loadingOlder && this.props.messages[0]?.id !== this.oldest) {
      this.watchTop(); // Observing anew tells whether the beginning is still near. Not after a failure: it would be asked again without a pause.
    }

    if (this.props.messages !== before.messages) {
      this.look();
    }
  }

  /** Loads older ones as soon as less than a screen of them is left above. */
  private watchTop(): void {
    this.nearTop?.disconnect();
    this.oldest = this.props.messages[0]?.id;
    const near = ([entry]: IntersectionObserverEntry[]): void => {
      if (entry?.isIntersecting && this.props.hasOlder) {
        this.props.actions.older();
      }
    };
    if (this.top.current) {
      this.nearTop = new IntersectionObserver(near, { root: this.scroller.current, rootMargin: '800px 0px 0px' });
      this.nearTop.observe(this.top.current);
    }
  }

  private readonly moved = (): void => {
    const list = this.scroller.current;
    if (list) {
      this.atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < nearEnd;
      if (this.state.away === this.atEnd) {
        this.setState({ away: !this.atEnd });
        this.props.actions.hold(!this.atEnd);
      }

      if (this.atEnd) {
        this.look();
      }
    }
  };

  private readonly look = (): void => {
    if (this.atEnd && document.visibilityState === 'visible' && document.hasFocus()) {
      this.props.actions.seen();
    } else if (this.props.unread > 0) {
      this.props.actions.unseen();
    }
  };

  /** Who opens a long message reads on from where it was cut, not from its end. */
  private readonly pressed = ({ target }: Event): void => {
    this.atEnd &&= !(target instanceof Element && target.closest('.show-all'));
  };

  private readonly toEnd = (): void => {
    const list = this.scroller.current;
    if (list) {
      list.scrollTop = list.scrollHeight;
    }
  };

  override render({ messages, pending, hasOlder, loadingOlder, unread, marker, me, locale, today, actions }: MessageListProps): JSX.Element {
    return (
      <div class="messages-place">
        <div class="messages" ref={this.scroller} onScroll={this.moved} role="log" aria-live="off" aria-label={locale.messages} aria-busy={loadingOlder} tabIndex={0}>
          <div class="content" ref={this.content} onClickCapture={this.pressed}>
            <div class="older" ref={this.top}>
              {hasOlder ? <button type="button" onClick={actions.older} aria-disabled={loadingOlder}>{loadingOlder ? locale.loading : locale.loadOlder}</button> : <p>{locale.beginning}</p>}
            </div>
            {this.chunks.of(messages).map(({ key, items, previous }) => (
              <MessageChunk key={key} items={items} previous={previous} marker={markerIn(items, previous, marker)} me={me} locale={locale} today={today} />
            ))}
            {pending.length > 0 && <ol class="chunk">{pending.map((item) => <PendingItem key={item.clientId} item={item} locale={locale} actions={actions} />)}</ol>}
          </div>
        </div>
        <Heard messages={messages} me={me} />
        {this.state.away && (
          <button type="button" class="to-end" aria-label={unread > 0 ? `${locale.toNewest}, ${locale.unread(number(unread))}` : locale.toNewest} title={locale.toNewest} onClick={this.toEnd}>
            <Icon name="down" />{unread > 0 && <span class="count">{number(unread)}</span>}
          </button>
        )}
      </div>
    );
  }
}

/** The id that the marker stands after, when that is in front of one of these: so that the others need not be drawn again for it. Changes have ids too, so it may be no message's. */
function markerIn(items: readonly Message[], previous: Message | null, marker: number | null): number | null {
  const first = marker === null || (previous && previous.id > marker) ? undefined : items.find(({ id }) => id > marker);
  return first ? first.id - 1 : null;
}

/** The message in the middle of the list. By the pieces first: asking the page what is at a point looks through all of them. */
function middleOf(list: Element, { top, height }: DOMRect): Element | null {
  const reaches = (element: Element): boolean => element.getBoundingClientRect().bottom >= top + height / 2;
  const chunk = Array.from(list.querySelectorAll('.chunk')).find(reaches);
  return Array.from(chunk?.querySelectorAll('.message') ?? []).find(reaches) ?? null;
}
