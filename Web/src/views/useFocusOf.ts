import { useEffect, useRef } from 'preact/hooks';
import { hrefOf, type Route } from '../app/route';

/**
 * Takes the focus along when another page is opened: to its heading, or on a narrow screen back to the line of the list that it came from. Else it stays on what is
 * not to be seen any more, and a screen reader says nothing. A page that puts it somewhere itself is left alone.
 */
export function useFocusOf(at: Route): void {
  const place = at.page === 'conversation' ? hrefOf(at.kind, at.name) : `#/${at.page}`;
  const before = useRef(place);
  useEffect(() => {
    const from = before.current;
    before.current = place;
    const content = document.getElementById('content');
    if (from !== place && content && !content.contains(document.activeElement)) {
      focusOn(isShown(content) ? content.querySelector('h2') ?? content : lineOf(from));
    }
  }, [place]);
}

const isShown = (element: Element): boolean => getComputedStyle(element).display !== 'none';

const lineOf = (href: string): Element | null =>
  Array.from(document.querySelectorAll('.sidebar a')).find((line) => line.getAttribute('href') === href) ?? document.querySelector('.sidebar h2');

function focusOn(element: Element | null): void {
  if (element instanceof HTMLElement) {
    element.tabIndex = element.tagName === 'A' ? 0 : -1;
    element.focus();
  }
}
