import { beforeEach, describe, expect, it, vi } from 'vitest';
import { problem, settle } from '../testing/api';
import { FakeChannel } from '../testing/channel';
import { dashboardOf, group, inGroup, messages } from '../testing/chat';
import { answerAll, asked, beginWithChats, chats, dashboardIs, start } from '../testing/chats';

beginWithChats();
beforeEach(async () => {
  vi.useFakeTimers();
  dashboardIs(dashboardOf([inGroup('a', 10, 4), inGroup('b', 20, 0)]));
  await start();
});

describe('Reading', () => {
  const reports = () => asked.filter(({ address }) => address.endsWith('/read/')).map(({ address, body }) => [address, body?.id]);

  it('is reported together, up to the newest that is here', async () => {
    const conversation = chats.find('group', 'a');
    for (const last of [8, 9, 10]) {
      conversation.messages.value = messages(1, last);
      chats.reading.seen(conversation);
      await vi.advanceTimersByTimeAsync(200);
    }

    expect(reports()).toEqual([]);
    expect([conversation.readUpTo.value, conversation.unread.value, chats.unread.value]).toEqual([10, 0, 0]);
    await vi.advanceTimersByTimeAsync(100);
    expect(reports()).toEqual([['/chat/group/a/read/', 10]]);
  });

  it('of a guest in a public group is nobody\'s business', async () => {
    const conversation = chats.find('group', 'c');
    conversation.group.value = group('c', { role: null });
    conversation.messages.value = messages(1, 6);
    chats.reading.seen(conversation);
    await vi.advanceTimersByTimeAsync(500);
    expect([reports(), conversation.unread.value]).toEqual([[], 0]);
  });

  it('goes forward alone', async () => {
    const conversation = chats.find('group', 'a');
    conversation.messages.value = messages(1, 6);
    chats.reading.seen(conversation); // The dashboard says that 6 are read.
    conversation.messages.value = [];
    chats.reading.seen(conversation);
    await vi.advanceTimersByTimeAsync(1000);
    expect([reports(), conversation.readUpTo.value]).toEqual([[], 6]);
  });

  it('of two conversations is reported for each', async () => {
    chats.find('group', 'a').messages.value = messages(1, 10);
    chats.find('group', 'b').messages.value = messages(1, 21);
    ['a', 'b'].forEach((name) => chats.reading.seen(chats.find('group', name)));
    await vi.advanceTimersByTimeAsync(300);
    expect(reports()).toEqual([['/chat/group/a/read/', 10], ['/chat/group/b/read/', 21]]);
  });

  it('is told to the other tabs at once, and theirs is heard, forward alone', async () => {
    const tab = new FakeChannel('chat.sara');
    const heard: unknown[] = [];
    tab.onmessage = ({ data }) => heard.push(data);
    const conversation = chats.find('group', 'a');
    conversation.messages.value = messages(1, 9);
    chats.reading.seen(conversation);
    await settle();
    expect(heard).toContainEqual({ type: 'read', key: 'group/a', id: 9 });
    tab.postMessage({ type: 'read', key: 'group/a', id: 10 });
    tab.postMessage({ type: 'read', key: 'group/a', id: 3 });
    tab.postMessage({ type: 'read', key: 'group/unknown', id: 3 });
    await settle();
    expect([conversation.readUpTo.value, chats.unread.value]).toEqual([10, 0]);
  });

  it('that cannot be reported breaks nothing, and nothing is reported after the end', async () => {
    const conversation = chats.find('group', 'a');
    conversation.messages.value = messages(1, 9);
    answerAll(() => problem(503, 'unavailable'));
    chats.reading.seen(conversation);
    await vi.advanceTimersByTimeAsync(300);
    expect(reports()).toHaveLength(1);
    conversation.messages.value = messages(1, 10);
    chats.reading.seen(conversation);
    chats.end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reports()).toHaveLength(1);
  });
});
