import type { Change, Dashboard, Group, GroupSummary, Message, Notification, Page } from '../api/shapes';
import type { Outbox } from '../chat/outbox';

const timeOf = (id: number): string => new Date(Date.UTC(2026, 0, 1) + id * 1000).toISOString();

export const message = (id: number, more: Partial<Message> = {}): Message => ({ id, message: `m${id}`, user: 'ali', timestamp: timeOf(id), ...more });

/** What happened to message `target`: an edit by Ali, unless the test says otherwise. */
export const change = (id: number, target: number, more: Partial<Change> = {}): Change => ({
  event: 'edited', id, target, user: 'ali', timestamp: timeOf(id), ...(more.event === undefined ? { message: `m${target} of ${id}` } : {}), ...more,
});

/** From `first` up to and with `last`. */
export const messages = (first: number, last: number): Message[] => Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => message(first + index));

/** A log of so many messages, read as the API has it: newest 50, `before`, `after`, `limit`. */
export function pageOf(last: number, address: string, rest: Partial<Page> = {}): Page {
  const query = new URL(address, 'http://chat').searchParams;
  const limit = Number(query.get('limit') ?? 50);
  if (query.has('after')) {
    const after = Number(query.get('after'));
    return { messages: messages(after + 1, Math.min(last, after + limit)), before: null, last_id: last, more: after + limit < last, ...rest };
  }

  const before = Number(query.get('before') ?? last + 1);
  const first = Math.max(1, before - limit);
  return { messages: messages(first, before - 1), before: first > 1 ? first : null, last_id: last, ...rest };
}

export const group = (slug: string, more: Partial<Group> = {}): Group => ({
  group_name: `The ${slug}`, slug, type: 'public', owner: 'sara', created_at: '2026-01-01T00:00:00.000Z', role: 'member', ...more,
});

export const inGroup = (slug: string, last: number, unread: number, more: Partial<GroupSummary> = {}): GroupSummary => ({
  ...group(slug), last_message: last > 0 ? message(last) : null, unread, ...more,
});

export const dashboardOf = (groups: readonly GroupSummary[] = [], more: Partial<Dashboard> = {}): Dashboard => ({
  user: { username: 'sara', display_name: 'Sara', bio: '', language: null, created_at: '2026-01-01T00:00:00.000Z' }, groups, private_chats: [], public_groups: [], ...more,
});

export const heardIn = (slug: string, id: number, more: Partial<Notification> = {}): Notification => ({
  kind: 'group_message', id, message: `m${id}`, user: 'ali', sender: 'ali', timestamp: timeOf(id), group: slug, group_name: `The ${slug}`, ...more,
});

export const ids = (of: readonly { readonly id: number }[]): number[] => of.map(({ id }) => id);

export const run = (first: number, last: number): number[] => ids(messages(first, last));

/** What waits in an outbox, as `text state`. */
export const waitingIn = (outbox: Outbox): string[] => outbox.pending.value.map(({ text, state }) => `${text} ${state}`);
