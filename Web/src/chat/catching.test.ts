import { beforeEach, describe, expect, it, vi } from 'vitest';
import { later, offline, problem, settle } from '../testing/api';
import { message, messages, pageOf, run } from '../testing/chat';
import { asked, beginWithConversation, conversation, last, logHas, openAt, queries, serve, shown } from '../testing/conversation';
import { Conversation } from './conversation';
import { PendingStore } from './pending';

beginWithConversation();
beforeEach(() => openAt(100));

describe('Catching up', () => {
  it('asks for nothing but what came after', async () => {
    await conversation.catchUp();
    expect([queries(), shown()]).toEqual([['GET ?after=100&limit=200'], run(51, 100)]);
  });

  it('takes several pages', async () => {
    logHas(650);
    await conversation.catchUp();
    expect(queries()).toEqual(['GET ?after=100&limit=200', 'GET ?after=300&limit=200', 'GET ?after=500&limit=200']);
    expect([shown(), conversation.last.value?.id, conversation.before.value]).toEqual([run(51, 650), 650, 51]);
  });

  it('takes a thousand', async () => {
    logHas(1100);
    await conversation.catchUp();
    expect([asked.length, shown()]).toEqual([5, run(51, 1100)]);
  });

  it('starts again at the newest after more than that', async () => {
    logHas(1101);
    await conversation.catchUp();
    expect(queries()).toHaveLength(6);
    expect(queries().at(-1)).toBe('GET');
    expect([shown(), conversation.before.value, conversation.last.value?.id]).toEqual([run(1052, 1101), 1052, 1101]);
  });

  it('happens once at a time, and once more for who asked meanwhile', async () => {
    const page = later();
    serve((one, count) => (count === 1 ? page.answer : pageOf(last, one.address)));
    const all = [conversation.catchUp(), conversation.catchUp(), conversation.catchUp()];
    await settle();
    expect(asked).toHaveLength(1);
    page.come(pageOf(100, '?after=100'));
    await Promise.all(all);
    expect(asked).toHaveLength(2); // Two came when the first question was on its way already: one more answers both.
    logHas(101);
    await conversation.catchUp();
    expect(shown().at(-1)).toBe(101);
  });

  it('that fails keeps what is here, and the next one goes on', async () => {
    serve((_, count) => (count === 1 ? { messages: messages(101, 150), before: null, last_id: 400, more: true } : offline()));
    await conversation.catchUp();
    expect([conversation.state.value, shown()]).toEqual(['ready', run(51, 150)]);
    logHas(160);
    serve();
    await conversation.catchUp();
    expect(shown()).toEqual(run(51, 160));
  });

  it('does nothing where nothing is open', async () => {
    const other = new Conversation('group', 'g', 'group/g', new PendingStore('sara'));
    await other.catchUp();
    other.close();
    await other.catchUp();
    expect(asked).toEqual([]);
  });

  it('leaves nothing behind in what is gone meanwhile', async () => {
    const page = later();
    serve(() => page.answer);
    const catching = conversation.catchUp();
    await settle();
    conversation.close();
    page.come({ messages: messages(1, 3), before: null, last_id: 3, more: false });
    await catching;
    expect([conversation.state.value, shown()]).toEqual(['gone', []]);
  });

  it('does not open what is gone meanwhile again with its newest page', async () => {
    logHas(5000);
    const page = later();
    serve((one, count) => (count === 6 ? page.answer : pageOf(last, one.address)));
    const catching = conversation.catchUp();
    await vi.waitFor(() => expect(asked).toHaveLength(6));
    conversation.close();
    page.come(pageOf(5000, ''));
    await catching;
    expect([conversation.state.value, shown()]).toEqual(['gone', []]);
  });
});

describe('Older messages', () => {
  it('come in front, down to the first', async () => {
    await conversation.loadOlder();
    expect(queries()).toEqual(['GET ?before=51&limit=50']);
    expect([shown(), conversation.before.value]).toEqual([run(1, 100), null]);
    await conversation.loadOlder();
    expect(asked).toHaveLength(1);
  });

  it('are asked for once at a time', async () => {
    const page = later();
    serve(() => page.answer);
    const loading = conversation.loadOlder();
    await conversation.loadOlder();
    expect([asked.length, conversation.loadingOlder.value]).toEqual([1, true]);
    page.come(pageOf(100, '?before=51'));
    await loading;
    expect(conversation.loadingOlder.value).toBe(false);
  });

  it('that cannot be had just now can be asked for again', async () => {
    serve(offline);
    await conversation.loadOlder();
    expect([conversation.loadingOlder.value, conversation.before.value, conversation.state.value]).toEqual([false, 51, 'ready']);
    serve();
    await conversation.loadOlder();
    expect(shown()).toEqual(run(1, 100));
  });

  it('of what is gone close it', async () => {
    serve(() => problem(404, 'not_found'));
    await conversation.loadOlder();
    expect([conversation.state.value, shown(), conversation.loadingOlder.value]).toEqual(['gone', [], false]);
  });

  it('stand in front of what came meanwhile', async () => {
    const page = later();
    serve(() => page.answer);
    const loading = conversation.loadOlder();
    conversation.receive(message(101));
    page.come(pageOf(100, '?before=51'));
    await loading;
    expect(shown()).toEqual(run(1, 101));
  });

  it('make no hole when it started again at the newest meanwhile', async () => {
    const page = later();
    serve((one) => (one.address.includes('before=51') ? page.answer : pageOf(last, one.address)));
    const loading = conversation.loadOlder();
    await settle();
    logHas(5000);
    await conversation.catchUp();
    page.come(pageOf(100, '?before=51'));
    await loading;
    expect(shown()).toEqual(run(4951, 5000));
    expect(conversation.before.value).toBe(4951);
    await conversation.loadOlder();
    expect(shown()).toEqual(run(4901, 5000));
  });

  it('bring nothing back of what is gone', async () => {
    const page = later();
    serve(() => page.answer);
    const loading = conversation.loadOlder();
    conversation.close();
    page.come(pageOf(100, '?before=51'));
    await loading;
    expect([conversation.state.value, shown(), conversation.before.value]).toEqual(['gone', [], null]);
  });
});
