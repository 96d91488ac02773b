import { vi } from 'vitest';

/** Stands in for the browser's WebSocket: the test is the service. All that were opened are in `all`, in order. */
export class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readonly sent: string[] = [];
  readyState = 0;
  closed = 0;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor(readonly url: string, readonly protocol: string) {
    if (url === '') {
      throw new SyntaxError('No address');
    }

    FakeSocket.all.push(this);
  }

  static get last(): FakeSocket {
    return FakeSocket.all.at(-1)!;
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.closed++;
    this.readyState = 3;
  }

  /** The service says something. */
  say(frame: object | string): void {
    this.onmessage?.({ data: typeof frame === 'string' ? frame : JSON.stringify(frame) });
  }

  /** The service has the socket on its channel. */
  connected(): void {
    this.readyState = FakeSocket.OPEN;
    this.say({ type: 'system', event: 'connected', userId: 'u', connectionId: 'c' });
  }

  notify(data: object): void {
    this.say({ type: 'message', from: 'group', group: 'g', dataType: 'json', data });
  }

  /** The other side, or the network, ended it. */
  cut(): void {
    this.readyState = 3;
    this.onclose?.();
  }
}

/** Gives the page these sockets. */
export function stubSockets(): void {
  FakeSocket.all = [];
  vi.stubGlobal('WebSocket', FakeSocket);
}
