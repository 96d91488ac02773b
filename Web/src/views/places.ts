import type { Message } from '../api/shapes';

/**
 * The id that the marker stands after, when that is in front of one of these: so that the others need not be drawn again for it. Changes have ids too, so it may be no
 * message's. Null where reading stopped further back than what is loaded.
 */
export function markerIn(items: readonly Message[], previous: Message | null, marker: number | null): number | null {
  const index = marker === null || (previous && previous.id > marker) ? -1 : items.findIndex(({ id }) => id > marker);
  const first = items[index];
  return first && (index > 0 || previous || first.id - 1 === marker) ? first.id - 1 : null;
}

/** The message in the middle of the list. By the pieces first: asking the page what is at a point looks through all of them. */
export function middleOf(list: Element, { top, height }: DOMRect): Element | null {
  const reaches = (element: Element): boolean => element.getBoundingClientRect().bottom >= top + height / 2;
  const chunk = Array.from(list.querySelectorAll('.chunk')).find(reaches);
  return Array.from(chunk?.querySelectorAll('.message') ?? []).find(reaches) ?? null;
}

/** How long a message that somebody went to is marked, in milliseconds. */
const markedFor = 3000;

export function mark(message: Element): void {
  message.classList.add('shown');
  setTimeout(() => message.classList.remove('shown'), markedFor);
}
