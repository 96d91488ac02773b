import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { ApiError } from '../api/errors';
import type { Message } from '../api/shapes';
import { tellProblem } from '../app/notices';
import { isSameEmoji } from '../chat/revise';
import { words } from '../words/language';
import { Field, Problem } from './Field';
import { placeBeside } from './placeBeside';
import { useSubmit } from './useSubmit';

const quick = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

/** What no text is without: something that is drawn. The API looks closer. */
const isDrawn = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;

export interface MessageMenuProps {
  readonly message: Message;
  readonly beside: HTMLElement;
  /** Nothing was chosen, or a reaction. */
  readonly closed: () => void;
  /** Null: this person can't react here. */
  readonly react: ((emoji: string, puts: boolean) => Promise<void>) | null;
  readonly reply: (() => void) | null;
  readonly edit: (() => void) | null;
  readonly copy: () => void;
  readonly remove: (() => void) | null;
}

/** What can be done with one message: a dialog, so that the focus stays in it, Escape closes it and the focus goes back. */
export function MessageMenu({ message, beside, closed, react, reply, edit, copy, remove }: MessageMenuProps): JSX.Element {
  const texts = words.value;
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const { current } = dialog;
    if (current) {
      current.showModal();
      placeBeside(current, beside);
    }

    return () => current?.close();
  }, [beside]);
  const isChosen = useRef(false);
  const choose = (act: () => void) => (): void => {
    isChosen.current = true;
    dialog.current?.close(); // First: it gives the focus back, and what is chosen may take it from there.
    act();
  };
  const items: readonly (readonly [string, (() => void) | null])[] = [[texts.reply, reply], [texts.edit, edit], [texts.copy, copy], [texts.deleteMessage, remove]];
  return (
    <dialog ref={dialog} class="actions" aria-label={texts.actions} onClose={() => { if (!isChosen.current) { closed(); } }} onClick={({ target, currentTarget }) => { if (target === currentTarget) { currentTarget.close(); } }} onKeyDown={(event) => step(event, dialog.current)}>
      <div class="sheet">
        {react && <Emojis message={message} react={react} done={() => dialog.current?.close()} />}
        {items.map(([text, act]) => act && <button key={text} type="button" class={act === remove ? 'danger' : undefined} onClick={choose(act)}>{text}</button>)}
      </div>
    </dialog>
  );
}

interface EmojisProps {
  readonly message: Message;
  readonly react: (emoji: string, puts: boolean) => Promise<void>;
  readonly done: () => void;
}

function Emojis({ message, react, done }: EmojisProps): JSX.Element {
  const texts = words.value;
  const isMine = (emoji: string): boolean => message.reactions?.some((one) => one.mine === true && isSameEmoji(one.emoji, emoji)) ?? false;
  const { busy, error, onSubmit } = useSubmit(async (field) => {
    const emoji = field('emoji').trim();
    if (!isDrawn.test(emoji)) {
      throw new ApiError('invalid_request', 400, { emoji: ['This is one emoji.'] });
    }

    await react(emoji, true);
    done();
  });
  return (
    <>
      <div class="quick" role="group" aria-label={texts.react}>
        {quick.map((emoji) => (
          <button key={emoji} type="button" aria-pressed={isMine(emoji)} onClick={() => { done(); react(emoji, !isMine(emoji)).catch(tellProblem); }}>{emoji}</button>
        ))}
      </div>
      <form class="add" noValidate onSubmit={onSubmit}>
        <Field name="emoji" label={texts.anotherEmoji} error={error}>
          {(props) => <input {...props} required maxLength={32} autocomplete="off" spellcheck={false} />}
        </Field>
        <button aria-disabled={busy}>{texts.react}</button>
        {error && error.code !== 'invalid_request' && <Problem error={error} whole />}
      </form>
    </>
  );
}

/** The arrows go from one to the next, as in a menu. */
function step(event: KeyboardEvent, dialog: HTMLDialogElement | null): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const all = Array.from(dialog?.querySelectorAll<HTMLElement>('button, input') ?? []);
  const at = all.findIndex((one) => one === document.activeElement);
  if (by !== 0 && all.length > 0) {
    event.preventDefault();
    all[(at + by + all.length) % all.length]?.focus();
  }
}
