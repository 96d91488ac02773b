import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { number } from '../text/numbers';
import type { Words } from '../words/en';
import { Icon } from './Icon';
import type { ItemActions } from './ItemActions';

interface SeenProps {
  readonly id: number;
  readonly locale: Words;
  readonly actions: ItemActions;
}

/** Whether one's own message was read, in a group by how many. Drawn again by itself when that changes. */
export function Seen({ id, locale, actions }: SeenProps): JSX.Element | null {
  const readers = useComputed(() => actions.readers(id)).value;
  return readers ? (
    <span class="seen"><Icon name="check" />{actions.isPrivate ? locale.seen : locale.seenBy(number(readers))}</span>
  ) : null;
}
