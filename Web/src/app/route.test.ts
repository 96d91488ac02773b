import { afterEach, describe, expect, it } from 'vitest';
import { followRoute, go, hrefOf, readRoute, route, wanted } from './route';
import { dismiss, toast, toasts } from './notices';

afterEach(() => {
  toasts.value = [];
});

describe('A route', () => {
  it.each(['my-group', 'گروه‌ما', 'a.b+c@d_e', '50%', 'a/b', '#?&', '.a'])('leads to the conversation it was made of: %s', (name) => {
    expect(readRoute(hrefOf('group', name))).toEqual({ page: 'conversation', kind: 'group', name });
    expect(readRoute(hrefOf('private', name))).toEqual({ page: 'conversation', kind: 'private', name });
  });

  it.each([['#/register', 'register'], ['#/new', 'new'], ['#/profile', 'profile'], ['#/', 'home'], ['', 'home'], ['#/other', 'home'], ['#/group', 'home'], ['#/group/', 'home'],
    ['#/group/a/b', 'home'], ['#/group/%E0%A4%A', 'home'], ['#/constructor', 'home'], ['#/group/..', 'home'], ['#/private/.', 'home']])('of %j is %s', (hash, page) => {
    expect(readRoute(hash)).toEqual({ page });
  });

  it('follows the address', () => {
    followRoute();
    go('#/group/a');
    dispatchEvent(new Event('hashchange'));
    expect(route.value).toEqual({ page: 'conversation', kind: 'group', name: 'a' });
    go('#/register');
    dispatchEvent(new Event('hashchange'));
    expect([route.value, wanted.value]).toEqual([{ page: 'register' }, '#/group/a']); // Where a newcomer goes on to.
    wanted.value = '#/';
  });
});

describe('Toasts', () => {
  it('are three at most, the newest last, each dismissed for itself', () => {
    ['a', 'b', 'c', 'd'].forEach((who) => toast(who, 'wrote', '', null));
    expect(toasts.value.map(({ who }) => who)).toEqual(['b', 'c', 'd']);
    dismiss(toasts.value[1]!.id);
    expect(toasts.value.map(({ who }) => who)).toEqual(['b', 'd']);
  });
});
