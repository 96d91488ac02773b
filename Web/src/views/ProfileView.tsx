import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ask } from '../api/http';
import { password, profile as profileAddress } from '../api/addresses';
import type { Profile } from '../api/shapes';
import { noticesWanted, wantNotices } from '../app/notices';
import { signOut } from '../app/state';
import type { Chats } from '../chat/chats';
import { date } from '../text/time';
import { words } from '../words/language';
import { Account } from './Account';
import { Blocks } from './Blocks';
import { Field, Problem } from './Field';
import { Icon } from './Icon';
import { Switches } from './Switches';
import { useSubmit } from './useSubmit';

export function ProfileView({ chats }: { readonly chats: Chats }): JSX.Element {
  const texts = words.value;
  const me = chats.me.value;
  return (
    <section class="page" aria-label={texts.profile}>
      <header class="bar">
        <a class="icon back" href="#/" aria-label={texts.back}><Icon name="back" flip /></a>
        <h2>{texts.profile}</h2>
      </header>
      <div class="card">
        <p><bdi class="subject">{chats.username}</bdi>{me && <><br /><small>{texts.memberSince(date(new Date(me.created_at)))}</small></>}</p>
        <Switches />
        <Notices />
        <button type="button" onClick={() => void signOut()}>{texts.logOut}</button>
      </div>
      {me && <EditProfile key={me.username} chats={chats} me={me} />}
      <ChangePassword />
      <Blocks chats={chats} />
      <Account chats={chats} />
    </section>
  );
}

function Notices(): JSX.Element | null {
  const texts = words.value;
  const [denied, setDenied] = useState(false);
  if (!('Notification' in window)) {
    return null;
  }

  const change = ({ currentTarget }: { currentTarget: HTMLInputElement }): void => {
    const wanted = currentTarget.checked;
    void wantNotices(wanted).then((on) => {
      setDenied(wanted && !on);
      currentTarget.checked = on;
    });
  };
  return (
    <div class="field">
      <label class="check"><input type="checkbox" checked={noticesWanted.value} onChange={change} />{texts.notices}</label>
      <div role="status">{denied && <p class="wrong">{texts.noticesDenied}</p>}</div>
    </div>
  );
}

function EditProfile({ chats, me }: { readonly chats: Chats; readonly me: Profile }): JSX.Element {
  const texts = words.value;
  const [saved, setSaved] = useState(false);
  const { busy, error, onSubmit } = useSubmit(async (field) => {
    setSaved(false);
    chats.me.value = await ask<Profile>('PATCH', profileAddress, { display_name: field('display_name'), bio: field('bio') });
    setSaved(true);
  });
  return (
    <form class="card" noValidate onSubmit={onSubmit}>
      <Field name="display_name" label={texts.displayName} error={error}>
        {(props) => <input {...props} defaultValue={me.display_name} required dir="auto" autocomplete="name" />}
      </Field>
      <Field name="bio" label={texts.bio} error={error}>
        {(props) => <textarea {...props} defaultValue={me.bio} rows={3} dir="auto" />}
      </Field>
      <Problem error={error} />
      <div role="status">{saved && <p class="hint">{texts.saved}</p>}</div>
      <button class="primary" aria-disabled={busy}>{texts.save}</button>
    </form>
  );
}

function ChangePassword(): JSX.Element {
  const texts = words.value;
  const [saved, setSaved] = useState(false);
  const { busy, error, onSubmit } = useSubmit(async (field, form) => {
    setSaved(false);
    await ask('POST', password, { password: field('password'), password1: field('password1'), password2: field('password2') });
    form.reset();
    setSaved(true);
  });
  return (
    <form class="card" noValidate onSubmit={onSubmit}>
      <h3>{texts.changePassword}</h3>
      <Field name="password" label={texts.presentPassword} error={error}>
        {(props) => <input {...props} type="password" required autocomplete="current-password" dir="auto" />}
      </Field>
      <Field name="password1" label={texts.newPassword} hint={texts.passwordHint} error={error}>
        {(props) => <input {...props} type="password" required autocomplete="new-password" dir="auto" />}
      </Field>
      <Field name="password2" label={texts.passwordAgain} error={error}>
        {(props) => <input {...props} type="password" required autocomplete="new-password" dir="auto" />}
      </Field>
      <Problem error={error} />
      <div role="status">{saved && <p class="hint">{texts.saved}</p>}</div>
      <button class="primary" aria-disabled={busy}>{texts.save}</button>
    </form>
  );
}
