import { render, type ComponentChild } from 'preact';
import { act } from 'preact/test-utils';

let place: HTMLElement | null = null;

/** Draws this into the page, in the place of what was drawn before. */
export function draw(what: ComponentChild): HTMLElement {
  clear();
  const made = document.body.appendChild(document.createElement('div'));
  place = made;
  void act(() => render(what, made));
  return made;
}

export function clear(): void {
  const { body } = document;
  if (place) {
    render(null, place);
  }

  body.replaceChildren();
  place = null;
}

/** Somebody types this into a field, in the place of what is there. */
export function type(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  void act(() => {
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
}

/** Somebody presses a key; false when the page took it. */
export function press(field: HTMLElement, key: string, more: KeyboardEventInit = {}): boolean {
  let isLeft = true;
  void act(() => {
    isLeft = field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
  });
  return isLeft;
}

export function click(element: HTMLElement): void {
  void act(() => element.click());
}
