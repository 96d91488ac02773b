import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ApiError } from '../api/errors';
import { eraseAccount } from '../app/state';
import type { Chats } from '../chat/chats';
import { readExport } from '../chat/exporting';
import { fold } from '../text/fold';
import { words } from '../words/language';
import { Dialog } from './Dialog';
import { Field, Problem } from './Field';
import { useSubmit } from './useSubmit';

/** Taking one's own along, and the end of an account. */
export function Account({ chats }: { readonly chats: Chats }): JSX.Element {
  const texts = words.value;
  const [deletes, setDeletes] = useState(false);
  const [saved, setSaved] = useState(false);
  const { busy, error, onSubmit } = useSubmit(async () => {
    setSaved(false);
    save(await readExport());
    setSaved(true);
  });
  return (
    <div class="card">
      <h3>{texts.account}</h3>
      <p class="hint">{texts.exportHint}</p>
      <form class="field" onSubmit={onSubmit}>
        <button aria-disabled={busy}>{texts.exportAll}</button>
        <div role="status">{(busy || saved) && <p class="hint">{busy ? texts.collecting : texts.saved}</p>}</div>
        <Problem error={error} whole />
      </form>
      <button type="button" class="danger" onClick={() => setDeletes(true)}>{texts.deleteAccount}</button>
      {deletes && <DeleteAccount username={chats.username} closed={() => setDeletes(false)} />}
    </div>
  );
}

function save(file: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = 'chat-export.jsonl';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // The browser may ask where to put it, and reads it only then.
}

function DeleteAccount({ username, closed }: { readonly username: string; readonly closed: () => void }): JSX.Element {
  const texts = words.value;
  const { busy, error, onSubmit } = useSubmit(async (field) => {
    if (fold(field('confirmation').trim()) !== fold(username)) {
      throw new ApiError('invalid_request', 400, { confirmation: ['This is your username.'] });
    }

    await eraseAccount(username, field('password'));
  });
  return (
    <Dialog title={texts.deleteAccount} closed={closed}>
      <p>{texts.deleteAccountAsk}</p>
      <form class="field" noValidate onSubmit={onSubmit}>
        <Field name="confirmation" label={texts.typeUsername} hint={username} error={error}>
          {(props) => <input {...props} required autofocus dir="auto" autocomplete="off" autocapitalize="none" spellcheck={false} />}
        </Field>
        <Field name="password" label={texts.password} error={error}>
          {(props) => <input {...props} type="password" required autocomplete="current-password" dir="auto" />}
        </Field>
        <Problem error={error} />
        <div class="buttons">
          <button type="button" onClick={closed}>{texts.cancel}</button>
          <button class="danger" aria-disabled={busy}>{texts.deleteAccount}</button>
        </div>
      </form>
    </Dialog>
  );
}
