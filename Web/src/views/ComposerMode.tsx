import type { JSX } from 'preact';
import { shownName } from '../text/names';
import { words } from '../words/language';
import type { Mode } from './Composer';
import { Icon } from './Icon';
import { excerptLength } from './Quote';

/** Says above the text what it is written for, and lets go of it. */
export function ComposerMode({ mode: { kind, message }, cancel }: { readonly mode: NonNullable<Mode>; readonly cancel: () => void }): JSX.Element {
  const texts = words.value;
  return (
    <div class="mode">
      <p role="status">
        <span class="who">{kind === 'edit' ? texts.editing : <>{texts.answering} <bdi>{shownName(message.user)}</bdi></>}</span>
        <span dir="auto" class="excerpt">{message.message.slice(0, excerptLength)}</span>
      </p>
      <button type="button" class="icon" aria-label={texts.cancel} title={texts.cancel} onClick={cancel}><Icon name="close" /></button>
    </div>
  );
}
