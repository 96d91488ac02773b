import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { draftKey } from '../chat/drafts';
import { PendingStore } from '../chat/pending';
import { keptHere } from '../storage';
import { fakeApi, later, problem, settle } from '../testing/api';
import { stubChannels } from '../testing/channel';
import { dashboardOf } from '../testing/chat';
import { stubLocks } from '../testing/locks';
import { FakeSocket, stubSockets } from '../testing/socket';
import { choose, language } from '../words/language';
import { chooseTheme } from '../words/theme';
import { route } from './route';
import { chats, chooseLanguage, eraseAccount, ending, followSession, signIn } from './state';

const item = { kind: 'private', name: 'omid', clientId: 'x', text: 'سلام', at: 1, failed: true } as const;
let erasure = later();
let isErased = false;

localStorage.clear(); // A session that another file's tests have left would begin here.
followSession();
beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  stubChannels();
  stubLocks(null);
  stubSockets();
  [erasure, isErased] = [later(), false];
  fakeApi(({ method, address }) => {
    if (method === 'DELETE') {
      return erasure.answer;
    }

    return address === '/chat/login/' ? { username: 'Sara', expires_in: 900 } : isErased ? problem(401, 'not_signed_in') : address === '/chat/' ? dashboardOf() : { url: 'ws://service/' };
  });
  await signIn('Sara', 'secret');
  await vi.waitFor(() => expect(FakeSocket.all).toHaveLength(1), 10_000); // The first time, what opens it is loaded for it.
  FakeSocket.last.connected();
  await chooseLanguage('fa');
  chooseTheme('dark');
  chats.value!.store.put(item);
  keptHere.set(draftKey('sara', 'private/omid'), 'x');
  new PendingStore('Omid').put(item);
  keptHere.set(draftKey('omid', 'private/sara'), 'x');
});
afterEach(() => {
  chats.value?.end();
  chats.value = null;
  choose('en');
  chooseTheme('auto');
  vi.useRealTimers();
  vi.unstubAllGlobals();
  localStorage.clear();
});

describe('With the account', () => {
  it('goes all that the browser kept of it, and nothing of others', async () => {
    const erasing = eraseAccount('Sara', 'secret');
    erasure.come(new Response(null, { status: 204 }));
    await erasing;
    expect([Object.keys(localStorage), Object.keys(sessionStorage)]).toEqual([['chat.pending.Omid/x'], [draftKey('omid', 'private/sara')]]);
    expect([chats.value, ending.value, route.value.page, language.value]).toEqual([null, 'erased', 'home', 'fa']);
  });

  it('the sockets go first: that nobody is signed in any more is told once, when it is done', async () => {
    vi.useFakeTimers();
    const erasing = eraseAccount('Sara', 'secret');
    await settle();
    isErased = true;
    FakeSocket.last.cut();
    await vi.advanceTimersByTimeAsync(2000);
    expect([localStorage.getItem('chat.session'), chats.value === null, ending.value]).toEqual([null, false, null]);
    erasure.come(new Response(null, { status: 204 }));
    await erasing;
    expect([chats.value, ending.value, new PendingStore('Sara').all()]).toEqual([null, 'erased', []]);
  });

  it('nothing goes when it is refused; and who turns out to be signed out is told', async () => {
    const refused = eraseAccount('Sara', 'wrong');
    erasure.come(problem(400, 'invalid_request', { errors: { password: ['The password is wrong.'] } }));
    await expect(refused).rejects.toMatchObject({ code: 'invalid_request' });
    expect([chats.value === null, new PendingStore('Sara').all().length]).toEqual([false, 1]);
    [erasure, isErased] = [later(), true];
    const late = eraseAccount('Sara', 'secret');
    erasure.come(problem(401, 'not_signed_in'));
    await expect(late).rejects.toMatchObject({ code: 'not_signed_in' });
    expect([chats.value, ending.value, new PendingStore('Sara').all().length]).toEqual([null, 'unasked', 1]);
  });

  it('goes what other tabs keep', () => {
    dispatchEvent(new StorageEvent('storage', { key: 'chat.erased', newValue: 'Sara' }));
    expect([new PendingStore('Sara').all(), keptHere.get(draftKey('sara', 'private/omid')), ending.value]).toEqual([[], null, 'erased']);
    chats.value!.store.put(item);
    expect(new PendingStore('Sara').all()).toEqual([]);
  });
});
