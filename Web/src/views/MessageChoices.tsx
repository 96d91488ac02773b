import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Message } from '../api/shapes';
import { toast } from '../app/notices';
import type { Conversation } from '../chat/conversation';
import { fold } from '../text/fold';
import { words } from '../words/language';
import type { Mode } from './Composer';
import { Confirm } from './Dialog';
import { MessageMenu } from './MessageMenu';
import { excerptLength } from './Quote';

export interface Chosen {
  readonly message: Message;
  /** The button that opened its menu. */
  readonly beside: HTMLElement;
}

interface MessageChoicesProps {
  readonly conversation: Conversation;
  readonly me: string;
  readonly chosen: Chosen;
  readonly closed: () => void;
  readonly setMode: (mode: Mode) => void;
}

/** What this person can do with a message: its menu, and the question before it is deleted. */
export function MessageChoices({ conversation, me, chosen: { message: chosen, beside }, closed, setMode }: MessageChoicesProps): JSX.Element | null {
  const texts = words.value;
  const message = conversation.reacting.find(chosen.id) ?? chosen; // As it stands now.
  const isGone = message.deleted_at !== undefined;
  const [deletes, setDeletes] = useState(false);
  const role = conversation.group.value?.role;
  const [isGuest, isErased] = [role === null, conversation.isErased];
  const writes = !isErased && !conversation.blocked.value; // An answer and an edit are written in the composer.
  const own = fold(message.user) === me;
  useEffect(() => {
    if (isGone && !deletes) {
      closed();
      toComposer();
    }
  }, [isGone, deletes, closed]);
  if (deletes) {
    const remove = async (): Promise<void> => {
      await conversation.revising.remove(message.id);
      toComposer();
    };
    return <Confirm title={texts.deleteMessage} question={texts.deleteMessageAsk} subject={message.message.slice(0, excerptLength)} closed={closed} act={remove} />;
  }

  const then = (act: () => void) => (): void => {
    closed();
    act();
  };
  return isGone ? null : (
    <MessageMenu
      message={message}
      beside={beside}
      closed={closed}
      react={!conversation.canReact.value ? null : (emoji, puts) => conversation.reacting.react(message.id, emoji, puts)}
      reply={writes ? then(() => setMode({ kind: 'reply', message })) : null}
      edit={own && !isGuest && writes ? then(() => setMode({ kind: 'edit', message })) : null}
      copy={then(() => void copy(message.message))}
      remove={!isGuest && !isErased && (own || role === 'owner' || role === 'admin') ? () => setDeletes(true) : null}
    />
  );
}

/** Puts the focus there: the message's button is gone with its text. */
const toComposer = (): void => void requestAnimationFrame(() => document.querySelector<HTMLElement>('.composer textarea')?.focus());

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast('', words.peek().copied, '', null);
  } catch {
    toast('', words.peek().notCopied, '', null);
  }
}
