import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Chats } from '../chat/chats';
import { knownSession } from '../api/session';
import { fakeApi, problem, settle, type Asked } from '../testing/api';
import { ending } from '../app/state';
import { actions as newActions } from '../testing/actions';
import { stubChannels } from '../testing/channel';
import { message } from '../testing/chat';
import { clear, click, draw, type } from '../testing/page';
import { en } from '../words/en';
import { fa } from '../words/fa';
import { language } from '../words/language';
import { Account } from './Account';
import { Header } from './ConversationHeader';
import { MessageItem } from './MessageItem';

let chats: Chats;
let asked: readonly Asked[];
let place: HTMLElement;
let answer: () => Response | object = () => ({});

beforeEach(() => {
  localStorage.clear();
  stubChannels();
  asked = fakeApi(() => answer()).asked;
  chats = new Chats('سارا', () => undefined);
  place = draw(<Account chats={chats} />);
});
afterEach(() => {
  chats.end();
  clear();
  vi.unstubAllGlobals();
});

const button = (text: string): HTMLElement => Array.from(place.querySelectorAll('button')).findLast(({ textContent }) => textContent === text)!;

async function submit(confirmation: string, password: string): Promise<string[]> {
  click(button(en.deleteAccount));
  type(place.querySelector<HTMLInputElement>('[name=confirmation]')!, confirmation);
  type(place.querySelector<HTMLInputElement>('[name=password]')!, password);
  await act(async () => {
    place.querySelector('dialog form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await settle();
  });
  const texts = (selector: string): string[] => Array.from(place.querySelectorAll(selector)).map(({ textContent }) => textContent);
  return texts('.wrong').length > 0 ? texts('.wrong') : texts('.problem');
}

describe('Deleting the account', () => {
  it('needs the username and the password', async () => {
    expect(await submit('', '')).toEqual([en.fields.required, en.fields.required]);
    click(place.querySelector<HTMLElement>('dialog .icon')!);
    expect([await submit('علی', 'secret'), asked]).toEqual([[en.fields.notUsername], []]);
  });

  it('ends the session, and says so', async () => {
    answer = () => new Response(null, { status: 204 });
    expect(await submit(' سارا', 'secret')).toEqual([]);
    expect([asked, knownSession(), ending.value]).toEqual([[{ method: 'DELETE', address: '/chat/profile/', body: { password: 'secret' } }], null, 'erased']);
  });

  it.each([
    [() => problem(400, 'invalid_request', { errors: { password: ['The password is wrong.'] } }), en.fields.wrongPassword],
    [() => problem(429, 'too_many_requests', { retryAfter: 30 }), en.errors.too_many_requests],
  ])('that is refused says why, and everything stays', async (refusal, text) => {
    answer = refusal;
    expect(await submit('سارا', 'wrong')).toEqual([text]);
    expect(knownSession()).not.toBeNull();
  });
});

describe('What is one\'s own', () => {
  const collect = async (): Promise<void> => {
    await act(async () => {
      button(en.exportAll).closest('form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
      await new Promise((resolve) => setTimeout(resolve));
      await settle();
    });
  };

  it('is put into a file, whole', async () => {
    answer = () => new Response('{"type":"profile"}\n{"type":"end","lines":1}\n');
    const files: (Blob | MediaSource)[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => `blob:${files.push(file)}`);
    const links: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
      links.push(`${this.href} ${this.download}`);
    });
    await vi.waitFor(async () => {
      await collect();
      expect(links[0]).toBe('blob:1 chat-export.jsonl');
    });
    expect(await (files[0] as Blob).text()).toBe('{"type":"profile"}\n{"type":"end","lines":1}\n');
  });

  it('that cannot be had says why', async () => {
    answer = () => problem(503, 'unavailable');
    await collect();
    expect(place.querySelector('[role=alert]')?.textContent).toBe(en.errors.unavailable);
    answer = () => new Response('{"type":"profile"}\n');
    await vi.waitFor(async () => {
      await collect();
      expect(place.querySelector('[role=alert]')?.textContent).toBe(en.errors.cut_off);
    });
  });
});

describe('Who has deleted their account', () => {
  it('is named in the reader\'s language, and leads nowhere', () => {
    language.value = 'fa';
    const item = draw(<ol><MessageItem message={message(5, { user: 'deleted user' })} me="sara" named locale={fa} actions={newActions()} /></ol>);
    expect([item.querySelector('.author')?.textContent, item.querySelector('a')]).toEqual([fa.deletedUser, null]);
  });

  it('has no menu where they wrote in private', () => {
    const conversation = chats.find('private', 'deleted-0123456789ab');
    conversation.title.value = 'deleted user';
    const header = draw(<Header chats={chats} conversation={conversation} />);
    expect([header.querySelector('h2')?.textContent, header.querySelector('.heading p')?.textContent, header.querySelector('summary')]).toEqual([en.deletedUser, en.privateChat, null]);
    expect(draw(<Header chats={chats} conversation={chats.find('private', 'deleted-x')} />).querySelector('summary')).not.toBeNull();
  });
});
