import type { JSX } from 'preact';
import { join } from '../api/addresses';
import { ask } from '../api/http';
import type { Group } from '../api/shapes';
import type { Chats } from '../chat/chats';
import type { Conversation } from '../chat/conversation';
import { fold } from '../text/fold';
import { titleOf } from '../text/names';
import { words } from '../words/language';
import { Problem } from './Field';
import { GroupMenu } from './GroupMenu';
import { Icon } from './Icon';
import { PersonMenu } from './PersonMenu';
import { useSubmit } from './useSubmit';

interface HeaderProps {
  readonly chats: Chats;
  readonly conversation: Conversation;
}

/** What is open, who is there or writing, and what can be done with the whole of it. */
export function Header({ chats, conversation }: HeaderProps): JSX.Element {
  const texts = words.value;
  const group = conversation.group.value;
  return (
    <header class="bar">
      <a class="icon back" href="#/" aria-label={texts.back}><Icon name="back" flip /></a>
      <div class="heading">
        <h2><bdi>{titleOf(conversation)}</bdi></h2>
        <About chats={chats} conversation={conversation} />
      </div>
      {conversation.kind === 'private' && !conversation.isErased && fold(conversation.name) !== fold(chats.username) && <PersonMenu chats={chats} conversation={conversation} />}
      {group?.role === null && <Join chats={chats} group={group} />}
      {group?.role && conversation.state.value !== 'gone' && <GroupMenu chats={chats} conversation={conversation} group={group} />}
    </header>
  );
}

/** Changes with every word that somebody types: no screen reader is told, it reads the line when it is asked. */
function About({ chats, conversation }: HeaderProps): JSX.Element {
  const texts = words.value;
  const [first, ...more] = conversation.others.typing.value;
  if (first !== undefined) {
    return <p class="live"><bdi>{first}</bdi> {more.length > 0 ? texts.areTyping : texts.isTyping}</p>;
  }

  const { kind, name, group, title, isErased } = conversation;
  const what = kind === 'private' ? texts.privateChat : group.value?.type === 'private' ? texts.privateGroup : group.value ? texts.publicGroup : texts.group;
  return (
    <p>
      {kind === 'private' && chats.presence.isOnline(name) === true && <><span class="live">{texts.online}</span> · </>}
      {what}{title.value !== name && !isErased && <> · <bdi>{name}</bdi></>}
    </p>
  );
}

/** Reading a public group needs no membership; hearing of it live does. */
function Join({ chats, group }: { readonly chats: Chats; readonly group: Group }): JSX.Element {
  const { busy, error, onSubmit } = useSubmit(async () => {
    await ask('POST', join(group.slug));
    await chats.changed();
  });
  return (
    <form onSubmit={onSubmit}>
      <button class="primary" aria-disabled={busy}>{words.value.join}</button>
      <Problem error={error} whole />
    </form>
  );
}
