import { beforeEach, describe, expect, it, vi } from 'vitest';
import { offline, settle } from '../testing/api';
import { group, heardIn, pageOf } from '../testing/chat';
import { asked, beginWithChats, chats, hear, serve, start } from '../testing/chats';
import type { Conversation } from './conversation';

let conversation: Conversation;
const reads = [{ user: 'Ali', id: 7 }, { user: 'omid', id: 10 }, { user: 'sara', id: 10 }];
const told = (kind: string, more: object = {}) => ({ kind, message: 'x', sender: 'ali', timestamp: '2026-05-01T00:00:00.000Z', group: 'a', ...more });

beginWithChats();
beforeEach(async () => {
  vi.useFakeTimers();
  await start();
  serve(({ address }) => (address.endsWith('presence/') ? { username: 'Omid', online: true } : pageOf(10, address, { group: group('a'), reads })));
  conversation = chats.find('group', 'a');
  await conversation.open();
  asked.length = 0;
});

describe('How far the others have read', () => {
  it('is of the page and of what is heard, forward alone, and never one\'s own', async () => {
    expect([7, 8, 10, 11].map((id) => conversation.others.readersOf(id))).toEqual([2, 1, 1, 0]);
    await hear(told('read', { sender: 'ALI', id: 9 }));
    await hear(told('read', { id: 3 }));
    expect([8, 9, 10].map((id) => conversation.others.readersOf(id))).toEqual([2, 2, 1]);
  });

  it('on one\'s other devices is one\'s own, forward alone', async () => {
    expect(conversation.unread.value).toBe(4);
    await hear(told('read', { sender: 'SARA', id: 9 }));
    await hear(told('read', { sender: 'sara', id: 8 }));
    expect([conversation.readUpTo.value, conversation.unread.value, chats.unread.value]).toEqual([9, 1, 2]);
  });

  it('in private stands under the other\'s name', async () => {
    await hear({ ...told('read', { sender: 'omid', recipient: 'sara', id: 15 }), group: undefined });
    expect(chats.find('private', 'Omid').others.readersOf(15)).toBe(1);
  });

  it('is read again when the page catches up', async () => {
    serve(({ address }) => pageOf(10, address, { reads: [{ user: 'ali', id: 10 }] }));
    await conversation.catchUp();
    expect(conversation.others.readersOf(10)).toBe(2);
  });
});

describe('Who is writing', () => {
  it('is so for five seconds, longer with every word, and not when the message is there', async () => {
    await hear(told('typing'));
    await vi.advanceTimersByTimeAsync(4000);
    await hear(told('typing', { sender: 'ALI' }));
    await hear(told('typing', { sender: 'omid' }));
    await vi.advanceTimersByTimeAsync(4000);
    expect(conversation.others.typing.value).toEqual(['ali', 'omid']);
    await hear(heardIn('a', 11));
    expect(conversation.others.typing.value).toEqual(['omid']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(conversation.others.typing.value).toEqual([]);
  });

  it('is not oneself on another device', async () => {
    await hear(told('typing', { sender: 'Sara' }));
    expect(conversation.others.typing.value).toEqual([]);
  });

  it('tells the others no sooner than the service takes it, and whether they hear it is not asked', async () => {
    serve(offline);
    for (let word = 0; word < 9; word++) {
      conversation.typing.typed();
      await vi.advanceTimersByTimeAsync(1000);
    }

    expect(asked.map(({ method, address }) => `${method} ${address}`)).toEqual(Array.from({ length: 3 }, () => 'POST /chat/group/a/typing/'));
  });
});

describe('Who is there', () => {
  const omid = () => chats.presence.isOnline('OMID');

  it('is asked for where such things are told, and followed', async () => {
    const pair = chats.find('private', 'Omid');
    await chats.presence.ask(pair);
    expect([asked.length, omid()]).toEqual([0, undefined]);
    await pair.open();
    await chats.presence.ask(pair);
    expect(omid()).toBe(true);
    await hear(told('presence', { sender: 'omid', online: false }));
    await vi.advanceTimersByTimeAsync(4900);
    expect(omid()).toBe(true);
    await vi.advanceTimersByTimeAsync(100);
    expect(omid()).toBe(false);
  });

  it('does not flicker when a page is loaded again', async () => {
    await hear(told('presence', { sender: 'omid', online: true }));
    await hear(told('presence', { sender: 'omid', online: false }));
    await vi.advanceTimersByTimeAsync(1000);
    await hear(told('presence', { sender: 'omid', online: true }));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(omid()).toBe(true);
  });

  it('of a group is asked for its people', async () => {
    serve(() => ({ online: ['ALI'] }));
    await chats.presence.ask(conversation, ['ali', 'omid']);
    expect([asked[0]?.address, chats.presence.isOnline('ali'), omid()]).toEqual(['/chat/group/a/presence/', true, false]);
  });

  it('that is not told stays as it was known', async () => {
    await hear(told('presence', { sender: 'omid', online: true }));
    serve(offline);
    await chats.presence.ask(conversation, ['omid']);
    await settle();
    expect(omid()).toBe(true);
  });
});

describe('A large group', () => {
  it('tells nothing of the kind', async () => {
    serve(({ address }) => pageOf(10, address));
    const large = chats.find('group', 'b');
    await large.open();
    asked.length = 0;
    await chats.presence.ask(large, ['ali']);
    expect([large.others.isSmall.value, asked.length]).toEqual([false, 0]);
  });
});
