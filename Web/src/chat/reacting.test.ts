import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Change } from '../api/shapes';
import { later, offline, problem, settle } from '../testing/api';
import { change } from '../testing/chat';
import { beginWithConversation, conversation, openAt, queries, serve } from '../testing/conversation';

beginWithConversation();
beforeEach(() => openAt(100));

const done = (): Response => new Response(null, { status: 204 });
const reactions = () => conversation.reacting.messages.value.find(({ id }) => id === 60)?.reactions ?? [];
const react = (puts: boolean, emoji = '👍') => conversation.reacting.react(60, emoji, puts);
const asked = () => queries().map(decodeURIComponent);
/** The log's 👍 on message 60. */
const entry = (id: number, count: number, more: Partial<Change> = {}): Change => change(id, 60, { event: 'reaction', emoji: '👍', count, user: 'sara', ...more });
const [mine, none] = [(count: number) => [{ emoji: '👍', count, mine: true }], (count: number) => [{ emoji: '👍', count }]];

describe('A reaction', () => {
  it('shows at once, and is as the service counts it once that has told', async () => {
    const answer = later();
    serve(() => answer.answer);
    const reacting = react(true);
    expect([reactions(), conversation.reacting.find(60)?.reactions]).toEqual([mine(1), mine(1)]);
    answer.come(done());
    await reacting;
    expect(reactions()).toEqual(mine(1));
    conversation.receive(entry(101, 4));
    conversation.receive(entry(102, 3, { removed: true })); // On another device.
    expect(reactions()).toEqual(none(3));
  });

  it('that fails is taken back, and told', async () => {
    serve(() => problem(409, 'too_many_reactions'));
    await expect(react(true)).rejects.toMatchObject({ code: 'too_many_reactions' });
    expect(reactions()).toEqual([]);
  });

  it('that fails leaves what others did meanwhile', async () => {
    const answer = later();
    serve(() => answer.answer);
    const reacting = react(true);
    conversation.receive(entry(101, 1, { user: 'dara' }));
    expect(reactions()).toEqual(mine(2));
    answer.fail(offline());
    await expect(reacting).rejects.toMatchObject({ code: 'offline' });
    expect(reactions()).toEqual(none(1));
  });

  it('whose answer is lost stands when the log tells of it, before or after', async () => {
    const answer = later();
    serve(() => answer.answer);
    const reacting = react(true);
    conversation.receive(entry(101, 1));
    answer.fail(offline());
    await reacting;
    expect(reactions()).toEqual(mine(1));
    serve(offline);
    await expect(react(false)).rejects.toMatchObject({ code: 'offline' });
    conversation.receive(entry(102, 0, { removed: true }));
    expect(reactions()).toEqual([]);
  });

  it('shows nothing on a gap', async () => {
    serve(() => later().answer);
    void react(true);
    conversation.receive(change(101, 60, { event: 'deleted' }));
    expect(reactions()).toEqual([]);
  });
});

describe('The entry of a reaction', () => {
  beforeEach(() => void vi.useFakeTimers());

  it('that does not come is asked for, and what the log says then counts', async () => {
    serve(({ method }) => (method === 'PUT' ? done() : { messages: [entry(101, 1), entry(102, 0, { removed: true })], before: null, last_id: 102, more: false }));
    await react(true);
    await vi.advanceTimersByTimeAsync(4999);
    expect([asked(), reactions()]).toEqual([['PUT messages/60/reactions/👍/'], mine(1)]);
    await vi.advanceTimersByTimeAsync(1);
    expect([asked()[1], reactions()]).toEqual(['GET ?after=100&limit=200', []]);
  });

  it('that came with another device\'s after it is asked for too: the log is not hidden for ever', async () => {
    const answer = later();
    serve(({ method }) => (method === 'PUT' ? answer.answer : { messages: [], before: null, last_id: 102, more: false }));
    const reacting = react(true);
    conversation.receive(entry(101, 1));
    conversation.receive(entry(102, 0, { removed: true }));
    answer.come(done());
    await reacting;
    await vi.advanceTimersByTimeAsync(5000);
    expect(reactions()).toEqual([]);
  });

  it('is not asked for when it came', async () => {
    serve(done);
    await react(true);
    conversation.receive(entry(101, 1));
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked()).toEqual(['PUT messages/60/reactions/👍/']);
  });

  it('is waited for no longer than the conversation is there', async () => {
    serve(done);
    await react(true);
    expect(vi.getTimerCount()).toBe(1);
    conversation.end();
    await react(true, '❤️');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('Two presses', () => {
  it('go out one after the other, and the last one counts', async () => {
    const [first, second] = [later(), later()];
    serve((_, count) => (count === 1 ? first : second).answer);
    const both = Promise.all([react(true), react(false)]);
    await settle();
    expect([asked(), reactions()]).toEqual([['PUT messages/60/reactions/👍/'], []]);
    first.come(done());
    await settle();
    conversation.receive(entry(101, 1));
    expect([asked()[1], reactions()]).toEqual(['DELETE messages/60/reactions/👍/', []]);
    second.come(done());
    await both;
    conversation.receive(entry(102, 0, { removed: true }));
    expect([asked().length, reactions()]).toEqual([2, []]);
  });

  it('and a third that is as the first ask for nothing more', async () => {
    const answer = later();
    serve(() => answer.answer);
    const all = Promise.all([react(true), react(false), react(true)]);
    answer.come(done());
    await all;
    expect([asked().length, reactions()]).toEqual([1, mine(1)]);
  });

  it('with another emoji do not wait for each other', async () => {
    serve(() => later().answer);
    void react(true);
    void react(true, '❤️');
    await settle();
    expect(asked()).toHaveLength(2);
  });

  it('of which the first fails go on, and what stands as wished in the end is no failure', async () => {
    serve((_, count) => (count === 1 ? offline() : done()));
    await Promise.all([react(true), react(false)]);
    expect(asked()).toHaveLength(2);
    serve(offline);
    const [first, second] = [react(true), react(false)];
    await Promise.all([first, second]);
    expect(reactions()).toEqual([]);
  });
});
