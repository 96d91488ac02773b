import { beforeEach, describe, expect, it } from 'vitest';
import { change, message } from '../testing/chat';
import { Newest } from './newest';

const reaction = (id: number) => change(id, 10, { event: 'reaction', emoji: '👍', count: 1 });
const text = () => newest.last.value?.message;
let newest: Newest;

beforeEach(() => {
  newest = new Newest('sara');
});

describe('The newest message', () => {
  it('takes an edit that is heard after a reaction of later, and the log\'s copy of it', () => {
    newest.know(message(10));
    newest.knowChange(reaction(12));
    newest.knowChange(change(11, 10));
    expect(text()).toBe('m10 of 11');
    newest.know(message(10, { message: 'all of it', revision: 12 }));
    expect(text()).toBe('all of it');
  });

  it('is the copy that came last where two are equally new, and no older one', () => {
    newest.know(message(10, { message: 'cut', revision: 11 }));
    newest.know(message(10, { message: 'not cut', revision: 11 }));
    newest.know(message(10, { message: 'older' }));
    expect(text()).toBe('not cut');
  });

  it.each([
    ['deletion', change(12, 10, { event: 'deleted' }), ''],
    ['edit', change(12, 10), 'm10 of 12'],
  ])('stands as its %s leaves it, though that was heard of first', (_, heard, shown) => {
    newest.know(message(9));
    newest.knowChange(heard);
    newest.know(message(10));
    expect(text()).toBe(shown);
    newest.know(message(10));
    expect(text()).toBe(shown);
  });

  it('is what later edits made of it, in whatever order they are heard', () => {
    newest.knowChange(change(12, 10));
    newest.knowChange(change(11, 10));
    newest.know(message(10));
    expect(text()).toBe('m10 of 12');
  });

  it('stays deleted where an answer from before comes late', () => {
    newest.know(message(10, { message: '', deleted_at: 'now' }));
    newest.know(message(10, { revision: 11 }));
    expect(text()).toBe('');
  });
});
