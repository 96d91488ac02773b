import type { JSX } from 'preact';
import { number } from '../text/numbers';
import { words } from '../words/language';
import type { MentionChoice } from './useMentions';

/** Who can be mentioned, above the composer: the focus stays in the text, which says by `aria-activedescendant` which one is chosen. */
export function MentionList({ id, choice: { names, chosen, take } }: { readonly id: string; readonly choice: MentionChoice }): JSX.Element {
  const texts = words.value;
  return (
    <>
      <div class="sr" role="status">{names.length > 0 && texts.mentionChoices(number(names.length))}</div>
      {names.length > 0 && (
        <ul class="mentions" id={id} role="listbox" aria-label={texts.mentionList}>
          {names.map((name, index) => (
            // Not the click: the text would lose the focus before it.
            <li key={name} id={`${id}-${index}`} role="option" aria-selected={index === chosen} onPointerDown={(event) => { event.preventDefault(); take(name); }}><bdi>{name}</bdi></li>
          ))}
        </ul>
      )}
    </>
  );
}
