import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { act } from 'preact/test-utils';
import { render } from 'preact';
import { actions } from '../testing/actions';
import { message, messages } from '../testing/chat';
import { clear, click, draw } from '../testing/page';
import { en } from '../words/en';
import { MessageList, type MessageListProps } from './MessageList';

/** The beginning is always near: what observes it is told so at once. */
class AlwaysNear {
  constructor(private readonly told: (entries: object[]) => void) {}

  observe(): void {
    this.told([{ isIntersecting: true }]);
  }

  disconnect(): void {
    // Nothing to let go of.
  }
}

const older = vi.fn();
let place: HTMLElement;

const list = (more: Partial<MessageListProps> = {}) => (
  <MessageList messages={messages(51, 100)} pending={[]} hasOlder loadingOlder={false} unread={0} marker={null} me="sara" locale={en} today={20260101}
    actions={{ ...actions(), older }} {...more} />
);

const change = (more: Partial<MessageListProps>): void => void act(() => render(list(more), place));

beforeEach(() => {
  older.mockClear();
  vi.stubGlobal('IntersectionObserver', AlwaysNear);
  place = draw(list());
});
afterEach(clear);

describe('Older messages', () => {
  it('are asked for while the beginning is near', () => {
    expect(older).toHaveBeenCalledTimes(1);
    change({ loadingOlder: true });
    change({ messages: messages(1, 100) });
    expect(older).toHaveBeenCalledTimes(2);
  });

  it('are not asked for again by themselves when they could not be had', () => {
    change({ loadingOlder: true });
    change({ loadingOlder: false });
    expect(older).toHaveBeenCalledTimes(1);
  });
});

describe('A screen reader', () => {
  const said = (): string[] => Array.from(place.querySelectorAll('[aria-live=polite] p')).map(({ textContent }) => textContent);

  it('hears what others write, and not one\'s own', () => {
    change({ messages: [...messages(51, 100), message(101, { message: 'سلام' }), message(102, { user: 'Sara' })] });
    expect(said()).toEqual(['ali: سلام']);
  });

  it('is left nothing of what is deleted meanwhile, and what is edited as it stands', () => {
    const heard = [message(101, { message: 'a secret' }), message(102)];
    change({ messages: [...messages(51, 100), ...heard] });
    expect(said()).toEqual(['ali: a secret', 'ali: m102']);
    change({ messages: [...messages(51, 100), message(101, { message: '', deleted_at: 'now' }), message(102, { message: 'new' })] });
    expect(said()).toEqual(['ali: new']);
  });

  it('hears nothing of older messages, nor of what stood there when it was opened', () => {
    expect(place.querySelector('[role=log]')?.getAttribute('aria-live')).toBe('off');
    change({ messages: messages(1, 100) });
    expect(said()).toEqual([]);
  });
});

describe('The line of new messages', () => {
  it('stands once, in front of the first of them, though a change has the id before it', () => {
    const all = messages(40, 60).filter(({ id }) => id < 47 || id > 52);
    place = draw(list({ messages: all, marker: 48 }));
    const line = place.querySelectorAll('.marker');
    expect([line.length, line[0]?.nextElementSibling?.getAttribute('data-id')]).toEqual([1, '53']);
    change({ messages: all.slice(0, 3) });
    expect(place.querySelector('.marker')).toBeNull();
  });

  it('stands nowhere as long as reading stopped further back than what is loaded', () => {
    place = draw(list({ messages: messages(51, 100), marker: 20 }));
    expect(place.querySelector('.marker')).toBeNull();
    change({ messages: messages(1, 100), marker: 20 });
    expect(place.querySelector('.marker')?.nextElementSibling?.getAttribute('data-id')).toBe('21');
    place = draw(list({ messages: messages(1, 100), marker: 0 }));
    expect(place.querySelector('.marker')?.nextElementSibling?.getAttribute('data-id')).toBe('1');
  });
});

describe('Days', () => {
  it('are named anew when the next one begins', () => {
    vi.useFakeTimers({ now: new Date('2026-01-01T12:00:00Z') });
    place = draw(list());
    expect(place.querySelector('.day')?.textContent).toBe('Today');
    vi.setSystemTime(new Date('2026-01-02T12:00:00Z'));
    change({ today: 20260102 });
    expect(place.querySelector('.day')?.textContent).toBe('Yesterday');
    vi.useRealTimers();
  });
});

describe('The end', () => {
  it('is not jumped to by who opens a long message there', () => {
    let resized: () => void = () => undefined;
    vi.stubGlobal('ResizeObserver', class {
      constructor(told: () => void) {
        resized = told;
      }

      observe(): void {
        // The test tells.
      }

      disconnect(): void {
        // Nothing to let go of.
      }
    });
    place = draw(list({ messages: [message(1, { message: 'x'.repeat(16_000) })] }));
    const scroller = place.querySelector('.messages')!;
    Object.defineProperty(scroller, 'scrollHeight', { value: 5000 });
    click(place.querySelector<HTMLElement>('.show-all')!);
    void act(() => resized());
    expect([scroller.scrollTop, place.querySelector('.to-end') !== null]).toEqual([0, true]);
    click(place.querySelector<HTMLElement>('.to-end')!);
    expect(scroller.scrollTop).toBe(5000);
  });
});
