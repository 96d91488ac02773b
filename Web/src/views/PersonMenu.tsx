import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { tellProblem } from '../app/notices';
import { setBlocked } from '../chat/blocking';
import type { Chats } from '../chat/chats';
import type { Conversation } from '../chat/conversation';
import { words } from '../words/language';
import { Confirm } from './Dialog';
import { MenuButton } from './MenuButton';
import { PersonProfile } from './PersonProfile';

/** What can be done with the other of a private chat. */
export function PersonMenu({ chats, conversation }: { readonly chats: Chats; readonly conversation: Conversation }): JSX.Element {
  const texts = words.value;
  const [open, setOpen] = useState<'profile' | 'block' | null>(null);
  const { name, title, blocked } = conversation;
  const closed = (): void => setOpen(null);
  return (
    <>
      <MenuButton>
        {(choose) => (
          <>
            <button type="button" onClick={() => choose(() => setOpen('profile'))}>{texts.theirProfile}</button>
            {blocked.value
              ? <button type="button" onClick={() => choose(() => void setBlocked(chats, name, false).catch(tellProblem))}>{texts.unblock}</button>
              : <button type="button" class="danger" onClick={() => choose(() => setOpen('block'))}>{texts.block}</button>}
          </>
        )}
      </MenuButton>
      {open === 'profile' && <PersonProfile chats={chats} username={name} closed={closed} />}
      {open === 'block' && <Confirm title={texts.block} question={texts.blockAsk} subject={title.value} closed={closed} act={() => setBlocked(chats, name, true)} />}
    </>
  );
}
