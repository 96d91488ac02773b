import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { ApiError } from '../api/errors';
import { words } from '../words/language';
import { fieldText, problemText, wholeText } from '../words/problems';

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly error?: ApiError | null;
  /** The field's name in the API's errors, when it is another. */
  readonly wire?: string;
  readonly children: (props: { id: string; name: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }) => JSX.Element;
}

/** A labelled control with its hint and with what the API says is wrong with it. */
export function Field({ name, label, hint, error, wire, children }: FieldProps): JSX.Element {
  const id = useId();
  const wrong = error?.fields[wire ?? name] ?? [];
  const described = [hint ? `${id}-hint` : '', wrong.length > 0 ? `${id}-wrong` : ''].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, name, 'aria-describedby': described || undefined, 'aria-invalid': wrong.length > 0 })}
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {wrong.length > 0 && <p class="wrong" id={`${id}-wrong`}>{wrong.map((sentence) => fieldText(sentence, words.value)).join(' ')}</p>}
    </div>
  );
}

/** What went wrong with a whole form; said aloud when it appears. */
export function Problem({ error, whole = false }: { readonly error: ApiError | null; /** No field stands beside it. */ readonly whole?: boolean }): JSX.Element {
  return (
    <div role="alert">
      {error && <p class="problem">{(whole ? wholeText : problemText)(error, words.value)}</p>}
    </div>
  );
}
