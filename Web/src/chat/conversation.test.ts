import { describe, expect, it } from 'vitest';
import { later, offline, settle } from '../testing/api';
import { message, messages, pageOf, run } from '../testing/chat';
import { asked, beginWithConversation, conversation, last, logHas, openAt, queries, serve, shown } from '../testing/conversation';
import { Conversation } from './conversation';
import { PendingStore } from './pending';

beginWithConversation();

describe('A conversation opens', () => {
  it('with its newest messages', async () => {
    logHas(120);
    serve();
    const opening = conversation.open();
    expect(conversation.state.value).toBe('loading');
    await opening;
    expect(conversation.state.value).toBe('ready');
    expect(shown()).toEqual(run(71, 120));
    expect([conversation.before.value, conversation.last.value?.id, conversation.title.value]).toEqual([71, 120, 'The g']);
    expect(conversation.group.value?.role).toBe('member');
  });

  it('once, however often it is opened meanwhile, and with what came since later on', async () => {
    logHas(3);
    serve();
    await Promise.all([conversation.open(), conversation.open()]);
    logHas(5);
    await conversation.open();
    expect(queries()).toEqual(['GET', 'GET ?after=3&limit=200']);
    expect(shown()).toEqual(run(1, 5));
  });

  it('as the address of its kind, named by the other', async () => {
    serve(() => ({ messages: [], before: null, last_id: 0, with: { username: 'ali', display_name: 'علی' } }));
    const pair = new Conversation('private', 'ali', 'private/ali', new PendingStore('sara'));
    await pair.open();
    expect(asked[0]?.address).toBe('/chat/private/ali/');
    expect([pair.title.value, pair.group.value, pair.messages.value.length]).toEqual(['علی', null, 0]);
  });

  it('or says why not, and tries again', async () => {
    serve(offline);
    await conversation.open();
    expect(conversation.state.value).toMatchObject({ code: 'offline' });
    logHas(2);
    serve();
    await conversation.open();
    expect([conversation.state.value, shown()]).toEqual(['ready', [1, 2]]);
  });

  it('with what a frame brought while it was loading', async () => {
    const page = later();
    logHas(10);
    serve((one, count) => (count === 1 ? page.answer : pageOf(last, one.address)));
    const opening = conversation.open();
    await settle();
    logHas(12);
    conversation.receive(message(12));
    page.come(pageOf(10, ''));
    await opening;
    expect(shown()).toEqual(run(1, 12));
    expect(conversation.last.value?.id).toBe(12);
  });

  it('and knows of the newest message, even if that could not be asked for', async () => {
    const page = later();
    serve((_, count) => (count === 1 ? page.answer : offline()));
    const opening = conversation.open();
    conversation.receive(message(12));
    page.come(pageOf(10, ''));
    await opening;
    expect([shown().at(-1), conversation.last.value?.id]).toEqual([10, 12]);
  });
});

describe('What comes', () => {
  it('in order is appended without a question', async () => {
    await openAt(3);
    [4, 5, 6].forEach((id) => conversation.receive(message(id)));
    expect([shown(), asked.length, conversation.last.value?.id]).toEqual([run(1, 6), 0, 6]);
  });

  it('twice is there once', async () => {
    await openAt(3);
    [4, 4, 2, 4].forEach((id) => conversation.receive(message(id)));
    await settle();
    expect([shown(), asked.length]).toEqual([run(1, 4), 0]);
  });

  it('behind a hole is shown when the hole is filled', async () => {
    await openAt(3);
    logHas(6);
    conversation.receive(message(6));
    expect([shown(), conversation.last.value?.id]).toEqual([run(1, 3), 6]);
    await settle();
    expect(queries()).toEqual(['GET ?after=3&limit=200']);
    expect(shown()).toEqual(run(1, 6));
  });

  it('in whatever order makes one run', async () => {
    await openAt(3);
    logHas(9);
    for (const id of [7, 4, 9, 5, 8, 6, 4]) {
      conversation.receive(message(id));
      expect(shown()).toEqual(run(1, shown().length));
    }

    await settle();
    expect(shown()).toEqual(run(1, 9));
  });

  it('while it catches up is caught up too', async () => {
    await openAt(3);
    const page = later();
    logHas(8);
    serve((one, count) => (count === 1 ? page.answer : pageOf(last, one.address)));
    conversation.receive(message(5));
    await settle();
    conversation.receive(message(8));
    page.come({ messages: messages(4, 5), before: null, last_id: 5, more: false });
    await settle();
    expect(shown()).toEqual(run(1, 8));
    expect(queries()).toEqual(['GET ?after=3&limit=200', 'GET ?after=5&limit=200']);
  });

  it('before it was opened is known of, and nothing is asked', () => {
    serve();
    conversation.receive(message(7));
    expect([conversation.state.value, shown(), conversation.last.value?.id, asked.length]).toEqual(['new', [], 7, 0]);
  });

  it('is unread until it is read', async () => {
    await openAt(3);
    conversation.readUpTo.value = 2;
    expect(conversation.unread.value).toBe(1);
    conversation.receive(message(4));
    expect(conversation.unread.value).toBe(2);
    conversation.readUpTo.value = 9;
    expect(conversation.unread.value).toBe(0);
  });
});
