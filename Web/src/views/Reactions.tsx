import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import type { Message } from '../api/shapes';
import { number } from '../text/numbers';
import type { Words } from '../words/en';
import type { ItemActions } from './ItemActions';

interface ReactionsProps {
  readonly message: Message;
  readonly locale: Words;
  readonly actions: ItemActions;
}

/** The reactions on a message, counted; each puts one's own or takes it back. Drawn again by itself when whether one can changes. */
export function Reactions({ message, locale, actions }: ReactionsProps): JSX.Element | null {
  const { reactions = [] } = message;
  const reacts = useComputed(() => actions.reacts()).value;
  return reactions.length === 0 ? null : (
    <div class="reactions" role="group" aria-label={locale.reactions}>
      {reactions.map(({ emoji, count, mine = false }) => (
        <button key={emoji} type="button" aria-pressed={mine} disabled={!reacts} onClick={() => actions.react(message, emoji, !mine)}>
          <span class="emoji">{emoji}</span> {number(count)}
        </button>
      ))}
    </div>
  );
}
