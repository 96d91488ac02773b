import { useEffect, useState } from 'preact/hooks';
import type { Conversation } from '../chat/conversation';
import { openMention } from '../text/mentions';

export interface MentionChoice {
  /** Who may be meant; empty: nothing is offered. */
  readonly names: readonly string[];
  /** The one that Enter takes. */
  readonly chosen: number;
  /** After the text or the caret has changed; null when the focus is elsewhere. */
  readonly follow: (area: HTMLTextAreaElement | null) => void;
  /** Takes the keys that are its own while something is offered; whether it did. */
  readonly pressed: (event: KeyboardEvent) => boolean;
  readonly take: (name: string) => void;
}

/** Offers the members of a group for an at sign that somebody writes, and puts the one who is taken into the text. */
export function useMentions(conversation: Conversation, text: string, replace: (text: string, caret: number) => void): MentionChoice {
  const [caret, setCaret] = useState(0);
  const [index, setIndex] = useState(0);
  const [refused, refuse] = useState<number | null>(null);
  const open = conversation.kind === 'group' ? openMention(text, caret) : null;
  const from = open?.from ?? -1;
  const names = open && open.from !== refused ? conversation.people.matching(open.query) : [];
  const chosen = Math.min(index, Math.max(0, names.length - 1));
  useEffect(() => {
    if (from >= 0) {
      void conversation.people.want();
    }

    setIndex(0);
    refuse(null);
  }, [conversation, from]);
  const take = (name: string): void => {
    if (open) {
      const before = `${text.slice(0, open.from)}@${name} `;
      replace(before + text.slice(caret).replace(/^ /, ''), before.length);
      setCaret(before.length);
    }
  };
  const pressed = (event: KeyboardEvent): boolean => {
    const name = names[chosen];
    if (name === undefined || event.shiftKey) {
      return false;
    }

    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        setIndex((chosen + (event.key === 'ArrowDown' ? 1 : -1) + names.length) % names.length);
        break;
      case 'Enter':
      case 'Tab':
        take(name);
        break;
      case 'Escape':
        refuse(from);
        break;
      default:
        return false;
    }

    event.preventDefault();
    return true;
  };
  return { names, chosen, follow: (area) => setCaret(area?.selectionStart ?? 0), pressed, take };
}
