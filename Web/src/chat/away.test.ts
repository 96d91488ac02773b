import { describe, expect, it, vi } from 'vitest';
import { offline, settle } from '../testing/api';
import { group, ids, message, pageOf, waitingIn } from '../testing/chat';
import { addresses, asked, beginWithChats, chats, serve, start } from '../testing/chats';
import { FakeSocket } from '../testing/socket';

beginWithChats();

describe('After the socket was away', () => {
  it('the dashboard is read and what is open catches up', async () => {
    await start();
    serve(({ address }) => pageOf(10, address, { group: group('a') }));
    await chats.find('group', 'a').open();
    asked.length = 0;
    FakeSocket.last.connected();
    await settle();
    expect(addresses().sort()).toEqual(['/chat/', '/chat/group/a/?after=10&limit=200']);
  });

  it('what waits is sent at once', async () => {
    vi.useFakeTimers();
    await start();
    serve(offline);
    const { outbox } = chats.find('group', 'a');
    outbox.send('x');
    await settle();
    expect(waitingIn(outbox)).toEqual(['x waiting']);
    serve(() => message(11, { user: 'sara' }));
    FakeSocket.last.connected();
    await settle();
    expect(waitingIn(outbox)).toEqual([]);
    vi.useRealTimers();
  });

  it('what could not be read without a network is read', async () => {
    await start();
    serve(offline);
    const conversation = chats.find('group', 'a');
    await conversation.open();
    expect(conversation.state.value).toMatchObject({ code: 'offline' });
    serve(({ address }) => pageOf(10, address, { group: group('a') }));
    FakeSocket.last.connected();
    await settle();
    expect([conversation.state.value, ids(conversation.messages.value).length]).toEqual(['ready', 10]);
  });
});
