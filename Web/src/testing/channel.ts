import { vi } from 'vitest';

/** Stands in for BroadcastChannel: what one says, the others of its name hear a turn later, copied, and never itself. */
export class FakeChannel {
  static all: FakeChannel[] = [];
  onmessage: ((event: { data: unknown }) => void) | null = null;
  isClosed = false;

  constructor(readonly name: string) {
    FakeChannel.all.push(this);
  }

  postMessage(message: unknown): void {
    if (this.isClosed) {
      throw new DOMException('The channel is closed.', 'InvalidStateError');
    }

    const copy = structuredClone(message);
    queueMicrotask(() => FakeChannel.all.filter((one) => one !== this && one.name === this.name && !one.isClosed).forEach((one) => one.onmessage?.({ data: copy })));
  }

  close(): void {
    this.isClosed = true;
  }
}

/** Gives the page these channels. */
export function stubChannels(): void {
  FakeChannel.all = [];
  vi.stubGlobal('BroadcastChannel', FakeChannel);
}
