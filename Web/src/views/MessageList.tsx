import { Component, createRef, type JSX } from 'preact';
import type { Message } from '../api/shapes';
import type { Pending } from '../chat/pending';
import { number } from '../text/numbers';
import type { Words } from '../words/en';
import { Icon } from './Icon';
import { Chunks } from './chunks';
import { Heard } from './Heard';
import type { ItemActions } from './ItemActions';
import { MessageChunk } from './MessageChunk';
import { NearTop } from './NearTop';
import { PendingItem } from './PendingItem';
import { mark, markerIn, middleOf } from './places';
import { Roving } from './Roving';

export interface MessageListActions extends ItemActions {
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
  /** Gets the list while it is there: who draws it can go to a message. */
  readonly list?: { current: MessageList | null };
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
  private readonly roving = new Roving('.act');
  private readonly sizes = new ResizeObserver(() => (this.atEnd ? this.toEnd() : this.moved()));
  private readonly nearTop = new NearTop(() => this.props.hasOlder && this.props.actions.older());
  private atEnd = true;
  /** The message to go to when it is drawn. */
  private wanted: number | null = null;

  override componentDidMount(): void {
    this.give(this);
    const marker = this.scroller.current?.querySelector('.marker');
    if (marker) {
      marker.scrollIntoView({ block: 'center' });
    } else {
      this.toEnd();
    }

    [this.scroller, this.content].forEach(({ current }) => current && this.sizes.observe(current));
    this.watchTop();
    this.rove();
    document.addEventListener('visibilitychange', this.look);
    addEventListener('focus', this.look);
    this.moved();
    this.look();
  }

  override componentWillUnmount(): void {
    this.give(null);
    this.sizes.disconnect();
    this.nearTop.end();
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

    if (before.loadingOlder && !this.props.loadingOlder && this.nearTop.hasMoved(this.props.messages[0]?.id)) {
      this.watchTop();
    }

    if (this.props.messages !== before.messages) {
      this.rove();
      this.look();
      if (this.wanted !== null) {
        this.show(this.wanted);
      }
    }
  }

  private watchTop(): void {
    this.nearTop.watch(this.top.current, this.scroller.current, this.props.messages[0]?.id);
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

  private give(list: MessageList | null): void {
    if (this.props.list) {
      this.props.list.current = list;
    }
  }

  private rove(): void {
    if (this.content.current) {
      this.roving.update(this.content.current);
    }
  }

  /** Goes to a message and puts the focus there, as soon as it is drawn. */
  show(id: number): void {
    const message = this.content.current?.querySelector(`[data-id="${id}"]`);
    this.wanted = message ? null : id;
    if (message) {
      this.atEnd = false; // Else the list would go back to its end with the next one.
      message.scrollIntoView({ block: 'center' });
      message.querySelector<HTMLElement>('.act')?.focus({ preventScroll: true });
      mark(message);
    }
  }

  private readonly keyed = (event: KeyboardEvent): void => {
    if (this.content.current) {
      this.roving.pressed(event, this.content.current);
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
          <div class="content" ref={this.content} onClickCapture={this.pressed} onKeyDown={this.keyed}>
            <div class="older" ref={this.top}>
              {hasOlder ? <button type="button" onClick={actions.older} aria-disabled={loadingOlder}>{loadingOlder ? locale.loading : locale.loadOlder}</button> : <p>{locale.beginning}</p>}
            </div>
            {this.chunks.of(messages).map(({ key, items, previous }) => (
              <MessageChunk key={key} items={items} previous={previous} marker={markerIn(items, previous, marker)} me={me} locale={locale} today={today} actions={actions} />
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
