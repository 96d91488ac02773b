import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Conversation } from '../chat/conversation';
import { shownName } from '../text/names';
import { words } from '../words/language';
import type { Mode } from './Composer';
import { Icon } from './Icon';
import { excerptLength } from './Quote';

interface ComposerModeProps {
  readonly conversation: Conversation;
  readonly mode: NonNullable<Mode>;
  readonly cancel: () => void;
}

/** Says above the text what it is written for, as it stands now, and lets go of it. */
export function ComposerMode({ conversation, mode: { kind, message: { id, user, message: before } }, cancel }: ComposerModeProps): JSX.Element {
  const texts = words.value;
  const message = conversation.quotes.find(id);
  const isUnknown = message === undefined; // It was among many that this page let go of.
  useEffect(() => {
    if (isUnknown) {
      conversation.quotes.want(id);
    }
  }, [conversation, id, isUnknown]);
  const text = isUnknown ? before : message === null ? texts.notThere : message.deleted_at ? texts.wasDeletedHere : message.message;
  return (
    <div class="mode">
      <p role="status">
        <span class="who">{kind === 'edit' ? texts.editing : <>{texts.answering} <bdi>{shownName(user)}</bdi></>}</span>
        <span dir="auto" class="excerpt">{text.slice(0, excerptLength)}</span>
      </p>
      <button type="button" class="icon" aria-label={texts.cancel} title={texts.cancel} onClick={cancel}><Icon name="close" /></button>
    </div>
  );
}
