import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../api/errors';
import type { Chats } from '../chat/chats';
import type { Conversation, ConversationKind } from '../chat/conversation';
import { fold } from '../text/fold';
import { titleOf } from '../text/names';
import { words } from '../words/language';
import { problemText } from '../words/problems';
import { Header } from './ConversationHeader';
import { OpenConversation } from './OpenConversation';

interface ConversationViewProps {
  readonly chats: Chats;
  readonly kind: ConversationKind;
  readonly name: string;
}

/** A group or a private chat, open. */
export function ConversationView({ chats, kind, name }: ConversationViewProps): JSX.Element {
  const [opened, reopen] = useState(() => chats.find(kind, name));
  // One that is gone may be back: made anew, or its person invited again. Its address is the same, so no link leads there from here.
  const conversation = opened.state.value === 'gone' ? (chats.mine.value.find(({ key }) => key === opened.key) ?? opened) : opened;
  useEffect(() => void conversation.open(), [conversation]);
  const isMyself = kind === 'private' && fold(name) === fold(chats.username);
  return (
    <section class="conversation" aria-label={titleOf(conversation)}>
      <Header chats={chats} conversation={conversation} />
      {isMyself ? <p class="empty">{words.value.yourself}</p> : <Content chats={chats} conversation={conversation} retry={() => reopen(chats.find(kind, name))} />}
    </section>
  );
}

interface ContentProps {
  readonly chats: Chats;
  readonly conversation: Conversation;
  readonly retry: () => void;
}

function Content({ chats, conversation, retry }: ContentProps): JSX.Element {
  const texts = words.value;
  const state = conversation.state.value;
  if (state === 'gone') {
    return <p class="empty" role="alert">{conversation.kind === 'private' ? texts.nobodyThere : texts.gone}</p>;
  }

  if (state instanceof ApiError) {
    const missing = state.code === 'not_found' || state.code === 'forbidden';
    return (
      <div class="empty" role="alert">
        <p>{missing ? texts.noSuchChat : problemText(state, texts)}</p>
        {!missing && <button type="button" onClick={() => { retry(); void conversation.open(); }}>{texts.retry}</button>}
      </div>
    );
  }

  return state === 'ready' ? <OpenConversation key={conversation.group.peek()?.created_at} chats={chats} conversation={conversation} /> : <p class="empty" role="status">{texts.loading}</p>;
}
