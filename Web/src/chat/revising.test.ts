import { beforeEach, describe, expect, it } from 'vitest';
import { later, offline, problem, settle } from '../testing/api';
import { change, message, messages, pageOf, run } from '../testing/chat';
import { asked, beginWithConversation, conversation, last, logHas, openAt, queries, serve, shown } from '../testing/conversation';

beginWithConversation();
beforeEach(() => openAt(100));

const at = (id: number) => conversation.messages.value.find((one) => one.id === id);

describe('An edit', () => {
  it('shows as the service has it, and the entry that tells of it changes nothing more', async () => {
    serve(() => message(60, { message: 'new', edited_at: 'now', revision: 101 }));
    await conversation.revising.edit(60, 'new');
    const edited = at(60);
    conversation.receive(change(101, 60, { message: 'new' }));
    expect([edited?.message, at(60) === edited, conversation.newest]).toEqual(['new', true, 101]);
  });

  it('of the last message shows in the list of chats too', async () => {
    serve(() => message(100, { message: 'new', edited_at: 'now', revision: 101 }));
    await conversation.revising.edit(100, 'new');
    expect(conversation.last.value?.message).toBe('new');
  });
});

describe('A deletion', () => {
  it('shows when it is done, not before', async () => {
    const answer = later();
    serve(() => answer.answer);
    const deleting = conversation.revising.remove(60);
    await settle();
    expect(at(60)?.message).toBe('m60');
    answer.come(new Response(null, { status: 204 }));
    await deleting;
    expect([queries(), at(60)?.message, at(60)?.deleted_at !== undefined]).toEqual([['DELETE messages/60/'], '', true]);
    conversation.receive(change(101, 60, { event: 'deleted' }));
    expect(at(60)?.deleted_at).toBe(change(101, 60).timestamp);
  });

  it('is done to the list of chats and to quotes too, those on their way included', async () => {
    const answer = later();
    serve(({ method, address }) => (method === 'DELETE' ? new Response(null, { status: 204 }) : address.includes('before=8') ? { messages: messages(7, 7), before: 7, last_id: 100 } : answer.answer));
    [7, 8].forEach((id) => conversation.quotes.want(id));
    await settle();
    await Promise.all([100, 7, 8].map((id) => conversation.revising.remove(id)));
    answer.come({ messages: messages(8, 8), before: 8, last_id: 100 });
    await settle();
    expect([conversation.last.value?.message, ...[7, 8].map((id) => conversation.quotes.find(id)?.message)]).toEqual(['', '', '']);
  });
});

describe('A quoted message', () => {
  it('is here, or asked for once by itself, and follows what happens to it', async () => {
    serve(({ address }) => (address.endsWith('?before=8&limit=1') ? { messages: messages(7, 7), before: 7, last_id: 100 } : pageOf(last, address)));
    expect([conversation.quotes.find(60)?.message, conversation.quotes.find(7)]).toEqual(['m60', undefined]);
    [60, 7, 7].forEach((id) => conversation.quotes.want(id));
    await settle();
    expect([queries(), conversation.quotes.find(7)?.message]).toEqual([['GET ?before=8&limit=1'], 'm7']);
    conversation.receive(change(101, 7));
    expect(conversation.quotes.find(7)?.message).toBe('m7 of 101');
  });

  it('that is no message is not there; one that nobody answered for is asked for again', async () => {
    serve(() => ({ messages: [change(7, 1)], before: 7, last_id: 100 }));
    conversation.quotes.want(7);
    await settle();
    expect(conversation.quotes.find(7)).toBeNull();
    serve(() => problem(503, 'unavailable'));
    conversation.quotes.want(8);
    await settle();
    conversation.quotes.want(8);
    await settle();
    expect([asked.length, conversation.quotes.find(8)]).toEqual([2, undefined]);
  });
});

describe('A message far back', () => {
  it('is reached without a hole', async () => {
    await openAt(5000); // More than is caught up: it has started again at the newest.
    serve();
    expect(await conversation.history.loadFrom(4300)).toBe('here');
    expect([queries(), shown()]).toEqual([['4951', '4751', '4551', '4351'].map((before) => `GET ?before=${before}&limit=200`), run(4151, 5000)]);
    expect([await conversation.history.loadFrom(4400), asked.length]).toEqual(['here', 4]);
  });

  it('waits for what is on its way already', async () => {
    const loading = conversation.loadOlder();
    expect(await conversation.history.loadFrom(20)).toBe('here');
    await loading;
    expect([shown(), asked.length]).toEqual([run(1, 100), 1]);
  });

  it('that is too far is not gone to, and asks for nothing', async () => {
    await openAt(10_000);
    serve();
    expect([await conversation.history.loadFrom(5950), asked.length, shown().length]).toEqual(['far', 0, 50]);
    expect([await conversation.history.loadFrom(5951), asked.length, shown()[0]]).toEqual(['here', 20, 5951]);
  });

  it('may be not there, or not now', async () => {
    logHas(100);
    serve(offline);
    expect(await conversation.history.loadFrom(20)).toBe('missing');
    serve();
    expect(await conversation.history.loadFrom(999)).toBe('missing');
    expect(asked).toHaveLength(0);
  });
});

describe('An answer', () => {
  it('goes out with the id of what it answers, and keeps it while it waits', async () => {
    serve(offline);
    conversation.outbox.send('x', 60);
    await settle();
    expect(asked[0]?.body).toMatchObject({ message: 'x', reply_to: 60 });
    expect(conversation.outbox.pending.value[0]).toMatchObject({ state: 'waiting', replyTo: 60 });
    expect(JSON.parse(Object.values(localStorage).find((text) => String(text).includes('clientId')) as string)).toMatchObject({ replyTo: 60 });
    serve(() => message(101, { user: 'sara', reply_to: 60 }));
    conversation.outbox.hurry();
    await settle();
    expect([asked[0]?.body?.reply_to, at(101)?.reply_to]).toEqual([60, 60]);
  });
});
