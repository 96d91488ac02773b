import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { ApiError } from '../api/errors';
import { asApiError } from '../api/errors';
import { words } from '../words/language';
import { Problem } from './Field';
import { Icon } from './Icon';

interface DialogProps {
  readonly title: string;
  readonly closed: () => void;
  readonly children: ComponentChildren;
}

/** The browser's own modal dialog: it keeps the focus, closes with Escape and gives the focus back. */
export function Dialog({ title, closed, children }: DialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const { current } = dialog;
    current?.showModal();
    return () => current?.close();
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={closed}>
      <header class="bar">
        <h2 id={id}>{title}</h2>
        <button type="button" class="icon" aria-label={words.value.close} onClick={() => dialog.current?.close()}><Icon name="close" /></button>
      </header>
      {children}
    </dialog>
  );
}

interface ConfirmProps extends Omit<DialogProps, 'children'> {
  readonly question: string;
  readonly subject: string;
  readonly act: () => Promise<unknown>;
}

/** Asks before something that can't be undone; the safe answer has the focus. */
export function Confirm({ title, question, subject, act, closed }: ConfirmProps): JSX.Element {
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const yes = (): void => {
    setBusy(true);
    act().then(closed, (thrown: unknown) => {
      setBusy(false);
      setError(asApiError(thrown));
    });
  };
  return (
    <Dialog title={title} closed={closed}>
      <p><bdi class="subject">{subject}</bdi></p>
      <p>{question}</p>
      <Problem error={error} whole />
      <div class="buttons">
        <button type="button" autofocus onClick={closed}>{words.value.cancel}</button>
        <button type="button" class="danger" disabled={busy} onClick={yes}>{title}</button>
      </div>
    </Dialog>
  );
}
