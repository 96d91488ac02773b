import { Backoff } from './backoff';
import { readFrame } from './frames';
import type { Notification } from '../api/shapes';

/** `waiting`: it was lost, or could not be had, and is not back yet, however many attempts are made meanwhile. */
export type ConnectionState = 'connecting' | 'open' | 'waiting';

export interface ConnectionEvents {
  /** The socket is on the channel: ask for what was missed. */
  readonly opened: () => void;
  readonly received: (notification: Notification) => void;
  readonly changed: (state: ConnectionState) => void;
}

/**
 * A frame `{"type":"ping"}` is answered by the service; a socket that says nothing after so many is dead, whatever TCP thinks. Counted, not timed: a browser
 * lets a tab that nobody looks at run its timers once a minute.
 */
const pingEvery = 15_000;
const pingsUnanswered = 2;

/** An attempt that is not on the channel by then has failed. */
const openWithin = 10_000;

/**
 * The socket to the notifications channel: keeps one open until it is ended. Negotiates anew for every attempt, because a negotiated address holds
 * five minutes. Protocol: json.webpubsub.azure.v1, whose pings a page can send (a browser tells nothing of WebSocket's own).
 */
export class Connection {
  private readonly backoff = new Backoff();
  private socket: WebSocket | null = null;
  private attempt = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private pulse: ReturnType<typeof setInterval> | undefined;
  private pings = 0;
  private isAway = false;
  private ended = false;

  constructor(
    /** Answers the socket's address; rejects when there is none just now. */
    private readonly negotiate: () => Promise<string>,
    private readonly events: ConnectionEvents,
  ) {}

  start(): void {
    addEventListener('online', this.hurry);
    addEventListener('offline', this.lost);
    document.addEventListener('visibilitychange', this.hurry);
    void this.open();
  }

  end(): void {
    this.ended = true;
    removeEventListener('online', this.hurry);
    removeEventListener('offline', this.lost);
    document.removeEventListener('visibilitychange', this.hurry);
    this.drop();
  }

  /** The network is back, or somebody looks: no reason to wait any longer. */
  private readonly hurry = (): void => {
    if (!this.socket && this.retry !== undefined && document.visibilityState === 'visible') {
      this.backoff.reset();
      void this.open();
    }
  };

  private readonly lost = (): void => {
    if (!this.ended) {
      this.again();
    }
  };

  private async open(): Promise<void> {
    this.drop();
    const attempt = ++this.attempt;
    if (!this.isAway) {
      this.events.changed('connecting');
    }

    try {
      const url = await this.negotiate();
      if (attempt === this.attempt && !this.ended) {
        this.listen(new WebSocket(url, 'json.webpubsub.azure.v1'), attempt);
      }
    } catch {
      this.againIf(attempt); // No address, or one that this page may not open a socket to.
    }
  }

  private listen(socket: WebSocket, attempt: number): void {
    this.socket = socket;
    this.retry = setTimeout(() => this.againIf(attempt), openWithin);
    socket.onmessage = ({ data }) => {
      if (attempt === this.attempt) {
        this.pings = 0;
        this.handle(data);
      }
    };
    socket.onclose = () => this.againIf(attempt);
  }

  private handle(data: unknown): void {
    const frame = readFrame(data);
    if (frame.type === 'connected') {
      clearTimeout(this.retry);
      this.retry = undefined;
      this.backoff.reset();
      this.isAway = false;
      this.pulse = setInterval(this.beat, pingEvery);
      this.events.changed('open');
      this.events.opened();
    } else if (frame.type === 'notification') {
      this.events.received(frame.notification);
    }
  }

  private readonly beat = (): void => {
    if (this.pings >= pingsUnanswered) {
      this.again();
      return;
    }

    this.pings++;
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send('{"type":"ping"}');
    }
  };

  private againIf(attempt: number): void {
    if (attempt === this.attempt && !this.ended) {
      this.again();
    }
  }

  private again(): void {
    this.drop();
    this.isAway = true;
    this.events.changed('waiting');
    this.retry = setTimeout(() => void this.open(), this.backoff.next());
  }

  /** Lets go of the present socket: whatever still comes of it is not ours any more. */
  private drop(): void {
    this.attempt++;
    clearTimeout(this.retry);
    clearInterval(this.pulse);
    this.retry = undefined;
    const socket = this.socket;
    this.socket = null;
    if (socket) {
      socket.onclose = socket.onmessage = null;
      socket.close();
    }
  }
}
