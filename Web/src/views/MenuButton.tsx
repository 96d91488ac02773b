import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { words } from '../words/language';
import { Icon } from './Icon';

interface MenuButtonProps {
  /** The items; each calls `choose` with what it does, which closes the menu first. */
  readonly children: (choose: (act: () => void) => void) => ComponentChildren;
}

/** A button that unfolds a few others. */
export function MenuButton({ children }: MenuButtonProps): JSX.Element {
  const texts = words.value;
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => closing(menu), []);
  const choose = (act: () => void): void => {
    menu.current?.removeAttribute('open');
    menu.current?.querySelector('summary')?.focus(); // A dialog gives the focus back to what has it now: not to what is hidden.
    act();
  };
  return (
    <details class="menu" ref={menu}>
      <summary class="icon" aria-label={texts.more} title={texts.more}><Icon name="more" /></summary>
      <div class="menu-items">{children(choose)}</div>
    </details>
  );
}

/** Closes an open menu on Escape and on a press elsewhere. */
function closing(menu: { readonly current: HTMLDetailsElement | null }): () => void {
  const ending = new AbortController();
  const pressed = (event: Event): void => {
    if (!(event.target instanceof Node) || !menu.current?.contains(event.target)) {
      menu.current?.removeAttribute('open');
    }
  };
  document.addEventListener('pointerdown', pressed, { signal: ending.signal });
  menu.current?.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      menu.current?.removeAttribute('open');
      menu.current?.querySelector('summary')?.focus();
    }
  }, { signal: ending.signal });
  return () => ending.abort();
}
