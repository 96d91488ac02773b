import { describe, expect, it } from 'vitest';
import { fakeApi, later, offline, settle } from '../testing/api';
import { dashboardOf, group, heardIn, ids, inGroup, message, pageOf } from '../testing/chat';
import { answerAll, beginWithChats, chats, dashboard, dashboardIs, happened, hear, read, serve, start } from '../testing/chats';
import { FakeSocket } from '../testing/socket';

beginWithChats();

const names = (): string[] => chats.list.value.map(({ key }) => key);

describe('The dashboard', () => {
  it('is everything one person sees, newest first', async () => {
    await start();
    expect(names()).toEqual(['group/b', 'private/omid', 'group/a']);
    expect(chats.list.value.map(({ title, unread }) => [title.value, unread.value])).toEqual([['The b', 0], ['امید', 1], ['The a', 4]]);
    expect([chats.unread.value, chats.me.value?.display_name, chats.publicGroups.value.map(({ slug }) => slug)]).toEqual([5, 'Sara', ['c']]);
  });

  it('puts a group without a message where it was created', async () => {
    dashboardIs(dashboardOf([inGroup('a', 10, 0), inGroup('new', 0, 0, { created_at: '2026-02-01T00:00:00.000Z' })]));
    await start();
    expect([names(), chats.unread.value]).toEqual([['group/new', 'group/a'], 0]);
  });

  it('that cannot be read keeps what was there, says so, and is read again', async () => {
    await start();
    fakeApi(offline);
    await chats.refresh();
    expect([chats.problem.value?.code, names().length]).toEqual(['offline', 3]);
    serve();
    await chats.refresh();
    expect(chats.problem.value).toBeNull();
  });

  it('is read once at a time, and once more for who asked meanwhile', async () => {
    await start();
    const first = later();
    answerAll((_, count) => (count === 1 ? first.answer : dashboard));
    const all = Promise.all([chats.refresh(), chats.refresh(), chats.refresh()]);
    await settle();
    expect(read()).toBe(1);
    first.come(dashboardOf());
    await all;
    expect([read(), names().length]).toEqual([2, 3]);
  });

  it('never makes anything unread again that was read here', async () => {
    await start();
    chats.find('group', 'a').readUpTo.value = 10;
    await chats.refresh();
    expect(chats.find('group', 'a').unread.value).toBe(0);
  });

  it('leaves out what is not ours any more', async () => {
    await start();
    dashboardIs(dashboardOf([inGroup('a', 10, 4)]));
    await chats.refresh();
    expect([names(), chats.unread.value]).toEqual([['group/a'], 4]);
  });

  it('tells a group that was made anew under the slug of a deleted one', async () => {
    await start();
    const old = chats.find('group', 'a');
    old.messages.value = [message(10)];
    dashboardIs(dashboardOf([inGroup('a', 2, 2, { created_at: '2026-03-01T00:00:00.000Z' })]));
    await chats.refresh();
    const made = chats.find('group', 'a');
    expect(made).not.toBe(old);
    expect([old.state.value, old.messages.value.length, made.last.value?.id, made.unread.value]).toEqual(['gone', 0, 2, 2]);
    expect(chats.mine.value).toEqual([made]);
  });
});

describe('A message', () => {
  it('of a known conversation raises its count, moves it up and is told', async () => {
    await start();
    await hear(heardIn('a', 11, { timestamp: '2026-05-01T00:00:00.000Z' }));
    expect([names()[0], chats.find('group', 'a').unread.value, chats.unread.value, read()]).toEqual(['group/a', 5, 6, 0]);
    expect(happened).toHaveBeenCalledTimes(1);
    expect(happened.mock.calls[0]?.[0]).toMatchObject({ type: 'message', conversation: chats.find('group', 'a'), message: { id: 11, user: 'ali' } });
  });

  it('that is heard twice or late is told once', async () => {
    await start();
    await hear(heardIn('a', 12));
    await hear(heardIn('a', 12));
    await hear(heardIn('a', 11));
    expect([happened.mock.calls.length, chats.find('group', 'a').last.value?.id]).toEqual([1, 12]);
  });

  it('of an unknown conversation brings it into the list, with its title and read position', async () => {
    await start();
    dashboardIs(dashboardOf([inGroup('a', 10, 4), inGroup('new', 7, 2, { group_name: 'تازه' })]));
    FakeSocket.last.notify(heardIn('new', 7));
    expect(names()).toContain('group/new');
    await settle();
    expect([read(), chats.find('group', 'new').title.value, chats.find('group', 'new').unread.value]).toEqual([1, 'تازه', 2]);
  });

  it('in private stands under the other\'s name, whoever sent it and however it is written', async () => {
    await start();
    await hear({ kind: 'private_message', id: 16, message: 'x', user: 'omid', sender: 'omid', recipient: 'sara', timestamp: '2026-05-01T00:00:00.000Z' });
    await hear({ kind: 'private_message', id: 17, message: 'y', user: 'SARA', sender: 'SARA', recipient: 'OMID', timestamp: '2026-05-01T00:00:01.000Z' });
    expect(names().filter((key) => key.startsWith('private/'))).toEqual(['private/omid']);
    expect(chats.find('private', 'Omid').last.value).toMatchObject({ id: 17, sender: 'SARA', recipient: 'OMID' });
    expect(happened).toHaveBeenCalledTimes(1); // One's own, from another device, is no news.
  });

  it('without an id or a place changes nothing', async () => {
    await start();
    await hear({ kind: 'group_message', message: 'x', sender: 'ali', timestamp: '', group: 'a' });
    await hear({ kind: 'private_message', id: 5, message: 'x', sender: 'sara', timestamp: '' });
    expect([happened.mock.calls.length, chats.mine.value.length, read()]).toEqual([0, 3, 0]);
  });

  it('goes where it is shown', async () => {
    await start();
    serve(({ address }) => pageOf(10, address, { group: group('a') }));
    const conversation = chats.find('group', 'A');
    await conversation.open();
    await hear(heardIn('a', 11));
    expect(ids(conversation.messages.value).at(-1)).toBe(11);
  });
});

describe('A mention', () => {
  const mention = { ...heardIn('a', 11, { message: 'hi @Sara' }), kind: 'mention' };
  const told = (): string[] => happened.mock.calls.map(([one]) => one as { type: string; message: { id: number } }).map(({ type, message: { id } }) => `${type} ${id}`);

  it.each([['before', true], ['after', false]])('is told once, when it comes %s the message itself', async (_, first) => {
    await start();
    for (const heard of first ? [mention, { ...mention, kind: 'group_message' }] : [{ ...mention, kind: 'group_message' }, mention]) {
      await hear(heard);
    }

    expect([told(), chats.find('group', 'a').unread.value, chats.find('group', 'a').last.value?.id]).toEqual([['mention 11'], 5, 11]);
  });

  it('is told though the page found no name in the text', async () => {
    await start();
    await hear(heardIn('a', 11));
    await hear({ ...mention, message: 'm11' });
    expect(told()).toEqual(['message 11', 'mention 11']);
  });

  it('of oneself by oneself is no news', async () => {
    await start();
    await hear(heardIn('a', 11, { user: 'sara', sender: 'sara', message: '@sara' }));
    expect(told()).toEqual([]);
  });
});
