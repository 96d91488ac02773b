import { beforeEach, describe, expect, it } from 'vitest';
import { later, settle } from '../testing/api';
import { change, dashboardOf, heardIn, ids, inGroup, message, messages, pageOf } from '../testing/chat';
import { beginWithChats, chats, dashboardIs, happened, hear, read, serve, start } from '../testing/chats';
import type { Conversation } from './conversation';
import type { Change, Entry } from '../api/shapes';

/** As the notifications channel tells of a change in group `a`. */
const told = (id: number, target: number, more: Partial<Change> = {}) => {
  const { event, message: text = 'somebody did something', user, ...rest } = change(id, target, more);
  return { ...rest, kind: event, message: text, user, sender: user, group: 'a' };
};

let conversation: Conversation;
beginWithChats();
beforeEach(async () => {
  await start();
  serve(({ address }) => pageOf(10, address));
  conversation = chats.find('group', 'a');
});

const textOf = (id: number) => conversation.messages.value.find((one) => one.id === id)?.message;

describe('A change that is heard', () => {
  it('changes the message where it is shown, and asks for nothing', async () => {
    await conversation.open();
    await hear(told(11, 8));
    await hear(told(12, 9, { event: 'deleted' }));
    await hear(told(13, 7, { event: 'reaction', emoji: '👍', count: 2 }));
    await hear(heardIn('a', 14));
    expect([textOf(8), textOf(9), conversation.messages.value.find(({ id }) => id === 7)?.reactions, textOf(14)]).toEqual(['m8 of 11', '', [{ emoji: '👍', count: 2 }], 'm14']);
    expect([read(), happened.mock.calls.length]).toEqual([0, 1]);
  });

  it('is caught up when it was missed', async () => {
    await conversation.open();
    const missed: Entry[] = [change(11, 8), message(12)];
    serve(({ address }) => (address.includes('after=10') ? { messages: missed, before: null, last_id: 12, more: false } : {}));
    await hear(heardIn('a', 12));
    expect([textOf(8), ids(conversation.messages.value).slice(-2)]).toEqual(['m8 of 11', [10, 12]]);
  });

  it('changes what the dashboard shows, and raises no count', async () => {
    expect(conversation.unread.value).toBe(4);
    await hear(told(11, 10));
    expect([conversation.last.value?.message, conversation.unread.value]).toEqual(['m10 of 11', 4]);
    await hear(told(12, 10, { event: 'deleted' }));
    expect([conversation.last.value?.deleted_at !== undefined, conversation.unread.value]).toEqual([true, 4]);
    await hear(heardIn('a', 13));
    expect(conversation.unread.value).toBe(5);
    expect(happened).toHaveBeenCalledTimes(1);
  });

  it('and of what leaves one\'s own message from another device read', async () => {
    conversation.read(10);
    await hear(told(11, 10));
    await hear(heardIn('a', 12, { user: 'sara', sender: 'sara' }));
    expect([conversation.readUpTo.value, conversation.unread.value]).toEqual([12, 0]);
  });

  it('and of what leaves one\'s own messages read, though the dashboard knew of them before', async () => {
    dashboardIs(dashboardOf([inGroup('own', 5, 5, { last_id: 5 })]));
    await chats.refresh();
    for (const heard of [1, 2, 4, 5].map((id) => heardIn('own', id, { user: 'sara', sender: 'sara' }))) {
      await hear(heard);
    }

    expect(chats.find('group', 'own').unread.value).toBe(3); // The third may be another's.
    await hear({ ...told(3, 1), group: 'own' });
    await hear(heardIn('own', 4, { user: 'sara', sender: 'sara' }));
    await hear(heardIn('own', 5, { user: 'sara', sender: 'sara' }));
    expect(chats.find('group', 'own').unread.value).toBe(0);
  });

  it('that does not say of what changes nothing', async () => {
    await hear({ ...told(11, 8), target: undefined });
    expect(conversation.last.value?.id).toBe(10);
  });
});

describe('A change that overtakes its message', () => {
  it('leaves nothing of a deleted one to see or to be told of', async () => {
    await hear(told(12, 11, { event: 'deleted' }));
    await hear(heardIn('a', 11, { message: 'secret @sara' }));
    await hear({ ...heardIn('a', 11, { message: 'secret @sara' }), kind: 'mention' });
    expect([conversation.last.value?.message, happened.mock.calls]).toEqual(['', []]);
  });

  it('is told of as it stands', async () => {
    await hear(told(12, 11));
    await hear(heardIn('a', 11));
    expect(happened.mock.calls).toMatchObject([[{ type: 'message', message: { id: 11, message: 'm11 of 12' } }]]);
  });

  it('leaves a gap where it is shown, and the reactions that came before an edit', async () => {
    await conversation.open();
    const answer = later();
    serve(() => answer.answer);
    await hear(told(15, 12, { event: 'deleted' }));
    await hear(told(14, 11));
    await hear(heardIn('a', 11));
    await hear(heardIn('a', 12));
    expect([textOf(11), textOf(12)]).toEqual(['m11', '']);
    answer.come({ messages: [change(13, 11, { event: 'reaction', emoji: '👍', count: 1 }), change(14, 11), change(15, 12, { event: 'deleted' })], before: null, last_id: 15, more: false });
    await settle();
    expect(conversation.messages.value.find(({ id }) => id === 11)).toMatchObject({ message: 'm11 of 14', reactions: [{ emoji: '👍', count: 1 }] });
  });
});

describe('A dashboard', () => {
  it('does not count the changes behind the last message', async () => {
    dashboardIs(dashboardOf([inGroup('new', 5, 2, { last_id: 7 }), inGroup('old', 5, 2, { last_message: message(5, { revision: 7 }) })]));
    await chats.refresh();
    expect(['new', 'old'].map((name) => chats.find('group', name).unread.value)).toEqual([0, 0]);
  });

  it('brings the last message as it stands now, and takes no newer one back', async () => {
    await hear(told(12, 10));
    dashboardIs(dashboardOf([inGroup('a', 10, 4, { last_message: message(10, { message: 'older', revision: 11 }) })]));
    await chats.refresh();
    expect(conversation.last.value?.message).toBe('m10 of 12');
    dashboardIs(dashboardOf([inGroup('a', 10, 4, { last_message: message(10, { message: 'newest', revision: 13 }) })]));
    await chats.refresh();
    expect(conversation.last.value?.message).toBe('newest');
  });
});

describe('Pages of nothing but changes', () => {
  const changes = (first: number, last: number) => messages(first, last).map(({ id }) => change(id, 1));

  it('are passed over until there is something to show', async () => {
    serve(({ address }) => (address.includes('before=101') ? { messages: changes(51, 100), before: 51, last_id: 150 }
      : address.includes('before=51') ? { messages: [...messages(1, 20), ...changes(21, 50)], before: null, last_id: 150 } : { messages: changes(101, 150), before: 101, last_id: 150 }));
    await conversation.open();
    expect([ids(conversation.messages.value).length, conversation.before.value, conversation.newest]).toEqual([20, null, 150]);
  });

  it('are passed over so far at once', async () => {
    let asked = 0;
    serve(({ address }) => {
      asked++;
      const before = Number(/before=(\d+)/.exec(address)?.[1] ?? 100_001);
      return { messages: changes(before - 50, before - 1), before: before - 50, last_id: 100_000 };
    });
    await conversation.open();
    expect([asked, conversation.loadingOlder.value, conversation.state.value]).toEqual([11, false, 'ready']);
  });

  it('leave nothing behind in what is gone meanwhile', async () => {
    const page = later();
    serve(({ address }) => (address.includes('before=') ? page.answer : { messages: changes(101, 150), before: 101, last_id: 150 }));
    const opening = conversation.open();
    await settle();
    conversation.close();
    page.come({ messages: messages(1, 100), before: null, last_id: 150 });
    await opening;
    expect([conversation.state.value, conversation.messages.value]).toEqual(['gone', []]);
  });
});
