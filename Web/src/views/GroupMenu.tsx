import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ask } from '../api/http';
import { deleteGroup, leave } from '../api/addresses';
import type { Group } from '../api/shapes';
import { go } from '../app/route';
import type { Chats } from '../chat/chats';
import type { Conversation } from '../chat/conversation';
import { words } from '../words/language';
import { Confirm } from './Dialog';
import { Members } from './Members';
import { MenuButton } from './MenuButton';

interface GroupMenuProps {
  readonly chats: Chats;
  readonly conversation: Conversation;
  readonly group: Group;
}

type Open = 'members' | 'leave' | 'delete' | null;

/** What can be done with a group: its members, leaving it, and for its owner deleting it. */
export function GroupMenu({ chats, conversation, group }: GroupMenuProps): JSX.Element {
  const texts = words.value;
  const [open, setOpen] = useState<Open>(null);
  const end = async (address: string, method: 'POST' | 'DELETE'): Promise<void> => {
    await ask(method, address);
    conversation.close();
    go('#/');
    await chats.changed();
  };
  return (
    <>
      <MenuButton>
        {(choose) => (
          <>
            <button type="button" onClick={() => choose(() => setOpen('members'))}>{texts.members}</button>
            {group.role !== 'owner' && <button type="button" onClick={() => choose(() => setOpen('leave'))}>{texts.leave}</button>}
            {group.role === 'owner' && <button type="button" class="danger" onClick={() => choose(() => setOpen('delete'))}>{texts.deleteGroup}</button>}
          </>
        )}
      </MenuButton>
      {open === 'members' && <Members chats={chats} conversation={conversation} group={group} closed={() => setOpen(null)} />}
      {open === 'leave' && (
        <Confirm title={texts.leave} question={texts.leaveAsk} subject={group.group_name} closed={() => setOpen(null)} act={() => end(leave(group.slug), 'POST')} />
      )}
      {open === 'delete' && (
        <Confirm title={texts.deleteGroup} question={texts.deleteAsk} subject={group.group_name} closed={() => setOpen(null)} act={() => end(deleteGroup(group.slug), 'DELETE')} />
      )}
    </>
  );
}
