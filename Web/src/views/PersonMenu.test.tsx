import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dismissAll } from '../app/notices';
import { Chats } from '../chat/chats';
import { fakeApi, problem, settle, type Asked } from '../testing/api';
import { stubChannels } from '../testing/channel';
import { clear, click, draw } from '../testing/page';
import { en } from '../words/en';
import { PersonMenu } from './PersonMenu';

let chats: Chats;
let asked: readonly Asked[];
let place: HTMLElement;
let refuses = false;

beforeEach(() => {
  localStorage.clear();
  dismissAll();
  stubChannels();
  refuses = false;
  asked = fakeApi(({ address }) => (refuses ? problem(503, 'unavailable')
    : address.startsWith('/chat/profile/') ? { username: 'علی', display_name: 'Ali <b>', bio: 'سلام', language: null, created_at: '2026-01-01T00:00:00.000Z' } : new Response(null, { status: 204 }))).asked;
  chats = new Chats('sara', () => undefined);
  place = draw(<PersonMenu chats={chats} conversation={chats.find('private', 'علی')} />);
});
afterEach(() => {
  chats.end();
  clear();
  vi.unstubAllGlobals();
});

const press = async (text: string, within: ParentNode = place): Promise<void> => {
  click(Array.from(within.querySelectorAll('button')).find(({ textContent }) => textContent === text)!);
  await act(async () => settle());
};
const went = (): string[] => asked.map(({ method, address }) => `${method} ${decodeURIComponent(address)}`);

describe('The other of a private chat', () => {
  it('has a profile', async () => {
    await press(en.theirProfile);
    const shown = place.querySelector('dialog')!;
    expect([shown.querySelector('.subject')?.textContent, shown.querySelector('.bio')?.textContent, shown.querySelector('b')]).toEqual(['Ali <b>', 'سلام', null]);
    expect(went()).toEqual(['GET /chat/profile/علی/']);
  });

  it('whose profile cannot be had says why', async () => {
    refuses = true;
    await press(en.theirProfile);
    expect(place.querySelector('dialog [role=alert]')?.textContent).toBe(en.errors.unavailable);
  });
});
