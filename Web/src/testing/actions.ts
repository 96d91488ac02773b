import { vi } from 'vitest';
import type { MessageListActions } from '../views/MessageList';

/** What a list of messages can be asked to do; nothing comes of it. */
export const actions = () => ({
  seen: vi.fn(), unseen: vi.fn(), older: vi.fn(), hold: vi.fn(), retry: vi.fn(), discard: vi.fn(), offer: vi.fn(), react: vi.fn(), quoted: vi.fn(), readers: vi.fn(() => null as number | null), isPrivate: false, reacts: vi.fn(() => true), want: vi.fn(), jump: vi.fn(),
}) satisfies MessageListActions;
