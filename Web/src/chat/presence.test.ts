import { beforeEach, describe, expect, it, vi } from 'vitest';
import { settle } from '../testing/api';
import { dashboardOf, group, inGroup, pageOf } from '../testing/chat';
import { addresses, asked, beginWithChats, chats, dashboardIs, hear, serve, start } from '../testing/chats';
import type { Conversation } from './conversation';

let pair: Conversation;
let online = true;
const isOnline = () => chats.presence.isOnline('omid');
const questions = (): number => addresses().filter((address) => address.endsWith('presence/')).length;
const told = (there: boolean) => ({ kind: 'presence', message: 'x', sender: 'omid', online: there, timestamp: '2026-05-01T00:00:00.000Z' });

beginWithChats();
beforeEach(async () => {
  vi.useFakeTimers();
  online = true;
  await start();
  serve(({ address }) => (address.endsWith('presence/') ? { username: 'Omid', online } : pageOf(15, address, { reads: [] })));
  pair = chats.find('private', 'Omid');
  await pair.open();
});

describe('Who is there', () => {
  it('is asked for again where a frame was lost, as long as somebody looks', async () => {
    const stop = chats.presence.watch(pair);
    await settle();
    expect([questions(), isOnline()]).toEqual([1, true]);
    online = false; // It was so before, and the answer was from before that.
    await vi.advanceTimersByTimeAsync(6000);
    expect([questions(), isOnline()]).toEqual([2, false]);
    online = true;
    await vi.advanceTimersByTimeAsync(114_000);
    expect([questions(), isOnline()]).toEqual([3, true]);
    const look = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    await vi.advanceTimersByTimeAsync(120_000);
    look.mockRestore();
    expect(questions()).toBe(3);
    stop();
    await vi.advanceTimersByTimeAsync(240_000);
    expect(questions()).toBe(3);
  });

  it('is known better from a frame than from an answer that may be older', async () => {
    await hear(told(true));
    online = false;
    await vi.advanceTimersByTimeAsync(4000);
    await chats.presence.ask(pair);
    expect(isOnline()).toBe(true);
    await vi.advanceTimersByTimeAsync(2000);
    await chats.presence.ask(pair);
    expect(isOnline()).toBe(false);
  });
});

describe('Who becomes a member', () => {
  it('is told from then on how far the others have read', async () => {
    const guests = { group: group('c', { role: null }) };
    let joined = false;
    serve(({ address }) => pageOf(5, address, joined ? { group: group('c'), reads: [{ user: 'ali', id: 5 }] } : guests));
    const conversation = chats.find('group', 'c');
    await conversation.open();
    expect(conversation.others.isSmall.value).toBe(false);
    joined = true;
    dashboardIs(dashboardOf([inGroup('c', 5, 0)]));
    await chats.changed();
    await settle();
    expect([conversation.others.isSmall.value, conversation.others.readersOf(5)]).toEqual([true, 1]);
    expect(asked.some(({ address }) => address === '/chat/group/c/?after=5&limit=200')).toBe(true);
  });
});
