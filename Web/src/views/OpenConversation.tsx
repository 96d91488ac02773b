import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { tellProblem, toast } from '../app/notices';
import type { Chats } from '../chat/chats';
import type { Conversation } from '../chat/conversation';
import { fold } from '../text/fold';
import { today } from '../text/time';
import { words } from '../words/language';
import { ClosedNote } from './ClosedNote';
import { Composer, type Mode } from './Composer';
import { MessageChoices, type Chosen } from './MessageChoices';
import { MessageList } from './MessageList';

interface OpenConversationProps {
  readonly chats: Chats;
  readonly conversation: Conversation;
}

/** What was said, and where something is said. */
export function OpenConversation({ chats, conversation }: OpenConversationProps): JSX.Element {
  // Where reading had stopped when it was opened: the line "new messages" stays there until it is opened again.
  const [marker, setMarker] = useState(() => (conversation.unread.peek() > 0 ? conversation.readUpTo.peek() : null));
  const [mode, setMode] = useState<Mode>(null);
  const [chosen, choose] = useState<Chosen | null>(null);
  const list = useRef<MessageList>(null);
  const me = fold(chats.username);
  const actions = useMemo(() => ({
    seen: () => chats.reading.seen(conversation),
    unseen: () => setMarker((present) => present ?? conversation.readUpTo.peek()),
    hold: (held: boolean) => conversation.history.hold(held),
    older: () => void conversation.loadOlder(),
    retry: (id: string) => conversation.outbox.retry(id),
    discard: (id: string) => conversation.outbox.discard(id),
    offer: (message: Chosen['message'], beside: HTMLElement) => choose({ message, beside }),
    react: (message: Chosen['message'], emoji: string, puts: boolean) => void conversation.reacting.react(message.id, emoji, puts).catch(tellProblem),
    quoted: (id: number) => conversation.quotes.find(id),
    want: (id: number) => conversation.quotes.want(id),
    readers: (id: number) => (conversation.others.isSmall.value ? conversation.others.readersOf(id) : null),
    isPrivate: conversation.kind === 'private',
    reacts: () => conversation.canReact.value,
    jump: (id: number) => void conversation.history.loadFrom(id).then((found) => {
      if (found === 'here') {
        list.current?.show(id);
      } else if (found === 'far') {
        toast('', words.peek().tooFarBack, '', null);
      }
    }),
  }), [chats, conversation]);
  // Not before there is a conversation; anew after the socket was away: nobody told of it then.
  const watches = conversation.kind === 'private' && !conversation.isErased && chats.live.state.value === 'open' && conversation.messages.value.length > 0;
  useEffect(() => (watches ? chats.presence.watch(conversation) : undefined), [chats, conversation, watches]);
  const answered = mode?.kind === 'reply' ? mode.message.id : null;
  const isAnsweredGone = answered !== null && conversation.quotes.find(answered)?.deleted_at !== undefined;
  useEffect(() => {
    if (isAnsweredGone) {
      setMode(null); // What was written stays; it would answer a gap.
      toast('', words.peek().wasDeletedHere, '', null);
    }
  }, [isAnsweredGone]);
  const editLast = (): void => {
    const message = conversation.messages.peek().findLast(({ user, deleted_at }) => fold(user) === me && !deleted_at);
    if (message) {
      setMode({ kind: 'edit', message });
    }
  };
  return (
    <>
      <MessageList
        list={list}
        messages={conversation.reacting.messages.value}
        pending={conversation.outbox.pending.value}
        hasOlder={conversation.before.value !== null}
        loadingOlder={conversation.loadingOlder.value}
        unread={conversation.unread.value}
        marker={marker}
        me={me}
        locale={words.value}
        today={today.value}
        actions={actions}
      />
      <ClosedNote chats={chats} conversation={conversation} />
      {!conversation.isErased && !conversation.blocked.value && <Composer conversation={conversation} me={me} mode={mode} setMode={setMode} editLast={editLast} sent={() => setMarker(null)} />}
      {chosen && <MessageChoices key={chosen.message.id} conversation={conversation} me={me} chosen={chosen} closed={() => choose(null)} setMode={setMode} />}
    </>
  );
}
