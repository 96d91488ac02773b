import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Roving } from './Roving';

let list: HTMLElement;
let roving: Roving;
const add = (name: string): HTMLElement => {
  const button = list.appendChild(document.createElement('button'));
  Object.assign(button, { textContent: name, className: 'act', tabIndex: -1 });
  return button;
};
const stops = (): string[] => Array.from(list.children).filter((one) => (one as HTMLElement).tabIndex === 0).map(({ textContent }) => textContent);
const press = (key: string): boolean => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  list.addEventListener('keydown', (heard) => roving.pressed(heard, list), { once: true });
  return document.activeElement!.dispatchEvent(event);
};

beforeEach(() => {
  list = document.body.appendChild(document.createElement('div'));
  roving = new Roving('.act');
  ['a', 'b', 'c'].forEach(add);
  roving.update(list);
});
afterEach(() => list.remove());

describe('Many buttons', () => {
  it('are one stop of Tab: the last, also when another comes', () => {
    expect(stops()).toEqual(['c']);
    add('d');
    roving.update(list);
    expect(stops()).toEqual(['d']);
  });

  it('are reached with the arrows from there, and stay where somebody is', () => {
    (list.children[2] as HTMLElement).focus();
    expect([press('ArrowUp'), stops(), document.activeElement?.textContent]).toEqual([false, ['b'], 'b']);
    add('d');
    roving.update(list);
    expect(stops()).toEqual(['b']);
    press('Home');
    expect([press('ArrowUp'), document.activeElement?.textContent]).toEqual([true, 'a']);
    press('End');
    expect([press('x'), stops()]).toEqual([true, ['d']]);
  });

  it('have another stop when theirs is gone', () => {
    list.children[2]!.remove();
    roving.update(list);
    expect(stops()).toEqual(['b']);
  });
});
