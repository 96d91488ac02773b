import { describe, expect, it } from 'vitest';
import { later, offline, problem, settle } from '../testing/api';
import { message, pageOf, run } from '../testing/chat';
import { asked, beginWithConversation, conversation, logHas, openAt, serve, shown } from '../testing/conversation';
import { PendingStore } from './pending';

beginWithConversation();

describe('One\'s own message', () => {
  it('goes out with its client_id and stands where the log has it', async () => {
    await openAt(3);
    serve(({ body }) => message(4, { message: String(body?.message), user: 'sara', client_id: String(body?.client_id) }));
    conversation.outbox.send('سلام');
    expect(conversation.outbox.pending.value).toHaveLength(1);
    await settle();
    expect(asked[0]).toMatchObject({ method: 'POST', address: '/chat/group/g/', body: { message: 'سلام' } });
    expect([shown(), conversation.outbox.pending.value]).toEqual([run(1, 4), []]);
    expect(conversation.messages.value.at(-1)?.message).toBe('سلام');
  });

  it('does not wait any more when a frame brings it first', async () => {
    await openAt(3);
    const answer = later();
    serve(() => answer.answer);
    conversation.outbox.send('x');
    const { clientId } = conversation.outbox.pending.value[0]!;
    conversation.receive(message(4, { client_id: clientId }));
    expect([conversation.outbox.pending.value, shown()]).toEqual([[], run(1, 4)]);
    answer.come(message(4, { client_id: clientId }));
    await settle();
    expect(shown()).toEqual(run(1, 4));
  });

  it('does not wait any more when history has it already', async () => {
    await openAt(3);
    serve(({ method }) => (method === 'POST' ? offline() : { messages: [message(4, { client_id: conversation.outbox.pending.value[0]?.clientId ?? '' })], before: null, last_id: 4, more: false }));
    conversation.outbox.send('x');
    await settle();
    expect(conversation.outbox.pending.value).toHaveLength(1);
    await conversation.catchUp();
    expect([conversation.outbox.pending.value, shown(), new PendingStore('sara').all()]).toEqual([[], run(1, 4), []]);
  });
});

describe('What is not ours to see any more', () => {
  it.each([[404, 'not_found'], [403, 'forbidden']])('is gone when the service says so (%i)', async (status, code) => {
    await openAt(60);
    serve(() => problem(status, code));
    await conversation.catchUp();
    expect([conversation.state.value, shown(), conversation.before.value]).toEqual(['gone', [], null]);
  });

  it('stays gone when an answer from before comes late', async () => {
    const page = later();
    serve(() => page.answer);
    const opening = conversation.open();
    conversation.close();
    page.come(pageOf(10, ''));
    await opening;
    expect([conversation.state.value, shown()]).toEqual(['gone', []]);
  });

  it('stays gone when the refusal of an earlier question comes late', async () => {
    const page = later();
    serve(() => page.answer);
    const opening = conversation.open();
    conversation.close();
    page.come(problem(404, 'not_found'));
    await opening;
    expect(conversation.state.value).toBe('gone');
  });
});

describe('What a page keeps', () => {
  const grow = (from: number, to: number): void => {
    for (let id = from; id <= to; id++) {
      conversation.receive(message(id));
    }
  };

  it('is the newest, however long it is open; older ones can be asked for', async () => {
    await openAt(50);
    grow(51, 2001);
    expect([shown().length, shown()[0], conversation.before.value]).toEqual([1000, 1002, 1002]);
    logHas(2001);
    await conversation.loadOlder();
    expect(shown()).toEqual(run(952, 2001));
  });

  it('is everything while somebody reads older ones', async () => {
    await openAt(50);
    conversation.history.hold(true);
    grow(51, 2200);
    expect(shown()).toEqual(run(1, 2200));
    conversation.history.hold(false);
    expect(shown()).toEqual(run(1201, 2200));
  });
});
