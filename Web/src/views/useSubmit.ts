import { useState } from 'preact/hooks';
import { ApiError, asApiError } from '../api/errors';

export interface Submission {
  readonly busy: boolean;
  readonly error: ApiError | null;
  readonly onSubmit: (event: SubmitEvent) => void;
}

/** A form's way: reads the fields, acts, keeps what went wrong. What is required is asked for, so its form is `noValidate`. A second submit while one is under way does nothing. */
export function useSubmit(act: (field: (name: string) => string, form: HTMLFormElement) => Promise<void>): Submission {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const submit = async (form: HTMLFormElement): Promise<void> => {
    setBusy(true);
    setError(null);
    const data = new FormData(form);
    try {
      demand(form);
      await act((name) => text(data.get(name)), form);
    } catch (thrown) {
      setError(asApiError(thrown));
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    error,
    onSubmit: (event) => {
      event.preventDefault();
      if (!busy) {
        void submit(event.currentTarget as HTMLFormElement);
      }
    },
  };
}

/** In the words of the page: the browser's own stand in its language, which may be another. */
function demand(form: HTMLFormElement): void {
  const empty = Array.from(form.querySelectorAll<HTMLInputElement>('input[required]')).filter(({ value }) => value.trim() === '');
  if (empty.length > 0) {
    throw new ApiError('invalid_request', 400, Object.fromEntries(empty.map(({ name }) => [name, ['This field is required.']])));
  }
}

const text = (value: FormDataEntryValue | null): string => (typeof value === 'string' ? value : '');
