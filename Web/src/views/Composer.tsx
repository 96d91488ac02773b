import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { ApiError } from '../api/errors';
import { asApiError } from '../api/errors';
import type { Message } from '../api/shapes';
import type { Conversation } from '../chat/conversation';
import { draftKey } from '../chat/drafts';
import { keptHere } from '../storage';
import { number } from '../text/numbers';
import { words } from '../words/language';
import { wholeText } from '../words/problems';
import { ComposerMode } from './ComposerMode';
import { Icon } from './Icon';
import { MentionList } from './MentionList';
import { useMentions } from './useMentions';

/** UTF-16 characters of a message, as the API counts them. */
const most = 16_000;

/** What is written: a new message, an answer to one, or another text for one's own. */
export type Mode = { readonly kind: 'reply' | 'edit'; readonly message: Message } | null;

interface ComposerProps {
  readonly conversation: Conversation;
  /** Whose drafts are kept: another who signs in does not see them. */
  readonly me: string;
  readonly mode: Mode;
  readonly setMode: (mode: Mode) => void;
  /** Somebody wants to edit their last message. */
  readonly editLast: () => void;
  readonly sent: () => void;
}

/** Where a message is written. What is not sent stays over a reload of this tab; what is edited stands in its place meanwhile. */
export function Composer(props: ComposerProps): JSX.Element {
  const { mode } = props;
  return <Writer key={mode?.kind === 'edit' ? mode.message.id : 'new'} {...props} />;
}

function Writer({ conversation, me, mode, setMode, editLast, sent }: ComposerProps): JSX.Element {
  const texts = words.value;
  const edited = mode?.kind === 'edit' ? mode.message : null;
  const key = edited ? null : draftKey(me, conversation.key);
  const [text, setText] = useState(() => edited?.message ?? (key && keptHere.get(key)) ?? '');
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const [hint, list] = [useId(), useId()];
  const trimmed = text.trim();
  const over = trimmed.length - most;
  useEffect(() => {
    if (mode || !matchMedia('(pointer: coarse)').matches) {
      area.current?.focus();
    }
  }, [mode]);
  const write = (value: string): void => {
    setText(value);
    if (key && value) {
      keptHere.set(key, value);
    } else if (key) {
      keptHere.remove(key);
    }
  };
  const save = async (message: Message): Promise<void> => {
    setBusy(true);
    try {
      await (trimmed === message.message ? undefined : conversation.revising.edit(message.id, trimmed));
      setMode(null);
    } catch (thrown) {
      setProblem(asApiError(thrown));
      setBusy(false);
    }
  };
  const send = (): void => {
    if (!trimmed || over > 0 || busy) {
      return;
    }

    if (edited) {
      void save(edited);
      return;
    }

    conversation.outbox.send(trimmed, ...(mode ? [mode.message.id] : []));
    write('');
    setMode(null);
    sent();
    area.current?.focus();
  };
  const typed = (field: HTMLTextAreaElement): void => {
    write(field.value);
    choice.follow(field);
    if (field.value && !edited && conversation.others.isSmall.peek()) {
      conversation.typing.typed();
    }
  };
  const choice = useMentions(conversation, text, (value, caret) => {
    write(value);
    requestAnimationFrame(() => area.current?.setSelectionRange(caret, caret));
  });
  const follow = ({ currentTarget }: { currentTarget: HTMLTextAreaElement }): void => choice.follow(currentTarget);
  const pressed = (event: KeyboardEvent): void => {
    // Not while an input method composes a letter, and not on a keyboard that is on the screen: it has no Shift+Enter.
    // keyCode 229: Safari's Enter that ends a composition comes after it.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    if (event.isComposing || event.keyCode === 229 || choice.pressed(event)) {
      return;
    }

    if (event.key === 'Enter' && !event.shiftKey && !matchMedia('(pointer: coarse)').matches) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape' && mode) {
      event.preventDefault();
      setMode(null);
    } else if (event.key === 'ArrowUp' && text === '' && !mode) {
      event.preventDefault();
      editLast();
    }
  };
  const wrong = over > 0 ? texts.tooLong(number(over)) : problem && wholeText(problem, texts);
  return (
    <form class="composer" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <MentionList id={list} choice={choice} />
      {mode && <ComposerMode conversation={conversation} mode={mode} cancel={() => setMode(null)} />}
      <div class="grow" data-text={`${text}\u200b`}>
        <textarea ref={area} rows={1} dir="auto" value={text} aria-label={texts.writeMessage} placeholder={texts.writeMessage} aria-describedby={hint}
          aria-invalid={over > 0} aria-autocomplete={conversation.kind === 'group' ? 'list' : undefined} aria-controls={choice.names.length > 0 ? list : undefined} aria-activedescendant={choice.names.length > 0 ? `${list}-${choice.chosen}` : undefined}
          onInput={({ currentTarget }) => typed(currentTarget)} onKeyDown={pressed}
          onKeyUp={follow} onClick={follow} onSelect={follow} onBlur={() => choice.follow(null)} />
      </div>
      <button class="primary icon" aria-label={edited ? texts.save : texts.send} title={edited ? texts.save : texts.send} aria-disabled={!trimmed || over > 0 || busy}><Icon name="send" flip /></button>
      <p class="hint" id={hint} role={wrong ? 'alert' : undefined}>{wrong ?? (edited ? texts.editHint : texts.sendHint)}</p>
    </form>
  );
}
