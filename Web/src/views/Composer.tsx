import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Conversation } from '../chat/conversation';
import { keptHere } from '../storage';
import { number } from '../text/numbers';
import { words } from '../words/language';
import { Icon } from './Icon';

/** UTF-16 characters of a message, as the API counts them. */
const most = 16_000;

interface ComposerProps {
  readonly conversation: Conversation;
  /** Whose drafts are kept: another who signs in does not see them. */
  readonly me: string;
  readonly sent: () => void;
}

/** Where a message is written. What is not sent stays over a reload of this tab. */
export function Composer({ conversation, me, sent }: ComposerProps): JSX.Element {
  const texts = words.value;
  const key = `chat.draft.${me}/${conversation.key}`;
  const [text, setText] = useState(() => keptHere.get(key) ?? '');
  const area = useRef<HTMLTextAreaElement>(null);
  const hint = useId();
  const trimmed = text.trim();
  const over = trimmed.length - most;
  useEffect(() => {
    if (!matchMedia('(pointer: coarse)').matches) {
      area.current?.focus();
    }
  }, []);
  const write = (value: string): void => {
    setText(value);
    if (value) {
      keptHere.set(key, value);
    } else {
      keptHere.remove(key);
    }
  };
  const send = (): void => {
    if (trimmed && over <= 0) {
      conversation.outbox.send(trimmed);
      write('');
      sent();
      area.current?.focus();
    }
  };
  const pressed = (event: KeyboardEvent): void => {
    // Not while an input method composes a letter, and not on a keyboard that is on the screen: it has no Shift+Enter.
    // keyCode 229: Safari's Enter that ends a composition comes after it.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const isComposing = event.isComposing || event.keyCode === 229;
    if (event.key === 'Enter' && !event.shiftKey && !isComposing && !matchMedia('(pointer: coarse)').matches) {
      event.preventDefault();
      send();
    }
  };
  return (
    <form class="composer" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <div class="grow" data-text={`${text}\u200b`}>
        <textarea ref={area} rows={1} dir="auto" value={text} aria-label={texts.writeMessage} placeholder={texts.writeMessage} aria-describedby={hint}
          aria-invalid={over > 0} onInput={({ currentTarget }) => write(currentTarget.value)} onKeyDown={pressed} />
      </div>
      <button class="primary icon" aria-label={texts.send} title={texts.send} aria-disabled={!trimmed || over > 0}><Icon name="send" flip /></button>
      <p class="hint" id={hint} role={over > 0 ? 'alert' : undefined}>{over > 0 ? texts.tooLong(number(over)) : texts.sendHint}</p>
    </form>
  );
}
