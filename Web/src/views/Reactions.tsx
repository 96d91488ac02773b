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

/** The reactions on a message, counted; each puts one's own or takes it back. */
export function Reactions({ message, locale, actions }: ReactionsProps): JSX.Element | null {
  const { reactions = [] } = message;
  return reactions.length === 0 ? null : (
    <div class="reactions" role="group" aria-label={locale.reactions}>
      {reactions.map(({ emoji, count, mine = false }) => (
        <button key={emoji} type="button" aria-pressed={mine} disabled={actions.isErased} onClick={() => actions.react(message, emoji, !mine)}>
          <span class="emoji">{emoji}</span> {number(count)}
        </button>
      ))}
    </div>
  );
}
