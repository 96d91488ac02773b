import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Chats } from '../chat/chats';
import type { Conversation } from '../chat/conversation';
import { words } from '../words/language';
import { MenuButton } from './MenuButton';
import { PersonProfile } from './PersonProfile';

/** What can be done with the other of a private chat. */
export function PersonMenu({ chats, conversation }: { readonly chats: Chats; readonly conversation: Conversation }): JSX.Element {
  const texts = words.value;
  const [open, setOpen] = useState(false);
  return (
    <>
      <MenuButton>
        {(choose) => <button type="button" onClick={() => choose(() => setOpen(true))}>{texts.theirProfile}</button>}
      </MenuButton>
      {open && <PersonProfile chats={chats} username={conversation.name} closed={() => setOpen(false)} />}
    </>
  );
}
