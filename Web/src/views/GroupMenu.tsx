import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask } from '../api/http';
import { deleteGroup, leave } from '../api/addresses';
import type { Group } from '../api/shapes';
import { go } from '../app/route';
import type { Chats } from '../chat/chats';
import type { Conversation } from '../chat/conversation';
import { words } from '../words/language';
import { Confirm } from './Dialog';
import { Icon } from './Icon';
import { Members } from './Members';

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
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => closing(menu), []);
  const choose = (chosen: Open): void => {
    menu.current?.removeAttribute('open');
    menu.current?.querySelector('summary')?.focus(); // A dialog gives the focus back to what has it now: not to what is hidden.
    setOpen(chosen);
  };
  const end = async (address: string, method: 'POST' | 'DELETE'): Promise<void> => {
    await ask(method, address);
    conversation.close();
    go('#/');
    await chats.changed();
  };
  return (
    <>
      <details class="menu" ref={menu}>
        <summary class="icon" aria-label={texts.more} title={texts.more}><Icon name="more" /></summary>
        <div class="menu-items">
          <button type="button" onClick={() => choose('members')}>{texts.members}</button>
          {group.role !== 'owner' && <button type="button" onClick={() => choose('leave')}>{texts.leave}</button>}
          {group.role === 'owner' && <button type="button" class="danger" onClick={() => choose('delete')}>{texts.deleteGroup}</button>}
        </div>
      </details>
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

/** Closes an open menu on Escape and on a press elsewhere. */
function closing(menu: { readonly current: HTMLDetailsElement | null }): () => void {
  const ending = new AbortController();
  const pressed = (event: Event): void => {
    if (!(event.target instanceof Node) || !menu.current?.contains(event.target)) {
      menu.current?.removeAttribute('open');
    }
  };
  document.addEventListener('pointerdown', pressed, { signal: ending.signal });
  menu.current?.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      menu.current?.removeAttribute('open');
      menu.current?.querySelector('summary')?.focus();
    }
  }, { signal: ending.signal });
  return () => ending.abort();
}
