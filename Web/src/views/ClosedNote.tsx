import type { JSX } from 'preact';
import { tellProblem } from '../app/notices';
import { setBlocked } from '../chat/blocking';
import type { Chats } from '../chat/chats';
import type { Conversation } from '../chat/conversation';
import { words } from '../words/language';

/** Says in the place of the composer why nothing is written here; what was typed comes back with it. Nothing where somebody can write. */
export function ClosedNote({ chats, conversation }: { readonly chats: Chats; readonly conversation: Conversation }): JSX.Element {
  const texts = words.value;
  const unblock = async (): Promise<void> => {
    await setBlocked(chats, conversation.name, false);
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.composer textarea')?.focus()); // The button is gone.
  };
  return (
    <div class="banner-place" role="status">
      {conversation.isErased ? <p class="banner">{texts.deletedChat}</p> : conversation.blocked.value && (
        <p class="banner">{texts.youBlocked} <button type="button" onClick={() => void unblock().catch(tellProblem)}>{texts.unblock}</button></p>
      )}
    </div>
  );
}
