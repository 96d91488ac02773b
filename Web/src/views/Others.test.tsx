import { act } from 'preact/test-utils';
import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Chats } from '../chat/chats';
import { actions as newActions } from '../testing/actions';
import { fakeApi, type Asked } from '../testing/api';
import { stubChannels } from '../testing/channel';
import { message } from '../testing/chat';
import { clear, draw, type } from '../testing/page';
import { en } from '../words/en';
import { fa } from '../words/fa';
import { language } from '../words/language';
import { Composer } from './Composer';
import { Header } from './ConversationHeader';
import { MessageItem } from './MessageItem';

let chats: Chats;
let asked: readonly Asked[];

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  stubChannels();
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  asked = fakeApi(() => new Response(null, { status: 204 })).asked;
  chats = new Chats('sara', () => undefined);
});
afterEach(() => {
  chats.end();
  clear();
  vi.unstubAllGlobals();
});

describe('The line under the title', () => {
  const line = (): string | undefined => document.querySelector('.heading p')?.textContent;

  it('says who is writing, one or several', () => {
    const conversation = chats.find('group', 'g');
    draw(<Header chats={chats} conversation={conversation} />);
    void act(() => conversation.others.types('علی'));
    expect(line()).toBe(`علی ${en.isTyping}`);
    void act(() => conversation.others.types('omid'));
    expect(line()).toBe(`علی ${en.areTyping}`);
    void act(() => ['علی', 'omid'].forEach((name) => conversation.others.stops(name)));
    expect(line()).toBe(en.group);
  });

  it('says that the other of two is there', () => {
    draw(<Header chats={chats} conversation={chats.find('private', 'omid')} />);
    void act(() => chats.presence.heard('Omid', true));
    expect(line()).toBe(`${en.online} · ${en.privateChat}`);
  });
});

describe('One\'s own message', () => {
  const item = (readers: number | null, isPrivate: boolean, locale = en, user = 'sara') => {
    const known = signal(readers);
    const actions = { ...newActions(), isPrivate, readers: () => known.value };
    const place = draw(<ol><MessageItem message={message(5, { user })} me="sara" named locale={locale} actions={actions} /></ol>);
    return { known, seen: () => place.querySelector('.seen')?.textContent };
  };

  it('says that it was read, in a group by how many, as soon as it is', () => {
    language.value = 'fa';
    const { known, seen } = item(0, false, fa);
    expect(seen()).toBeUndefined();
    void act(() => void (known.value = 1200));
    expect(seen()).toBe('۱٬۲۰۰ نفر دیده‌اند');
    language.value = 'en';
    expect(item(1, true).seen()).toBe(en.seen);
  });

  it('says nothing where nobody is told, nor does another\'s', () => {
    expect([item(null, false).seen(), item(3, false, en, 'ali').seen()]).toEqual([undefined, undefined]);
  });
});

describe('Writing', () => {
  const write = (isSmall: boolean, edits = false): string[] => {
    const conversation = chats.find('group', `g${isSmall}${edits}`);
    conversation.others.isSmall.value = isSmall;
    const place = draw(<Composer conversation={conversation} me="sara" mode={edits ? { kind: 'edit', message: message(1) } : null} setMode={() => undefined} editLast={() => undefined} sent={() => undefined} />);
    ['a', 'ab', ''].forEach((text) => type(place.querySelector('textarea')!, text));
    return asked.map(({ address }) => address).filter((address) => address.endsWith('typing/'));
  };

  it('is told to the others of a small group, and not that one edits', () => {
    expect(write(false)).toEqual([]);
    expect(write(true, true)).toEqual([]);
    expect(write(true)).toEqual(['/chat/group/gtruefalse/typing/']);
  });
});
