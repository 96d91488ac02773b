import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ending, signIn, signUp } from '../app/state';
import { route, wanted } from '../app/route';
import { words } from '../words/language';
import { Field, Problem } from './Field';
import { Switches } from './Switches';
import { useSubmit } from './useSubmit';

/** Log in, or register. */
export function Access(): JSX.Element {
  return (
    <main class="access">
      <h1><Logo />{words.value.product}</h1>
      {route.value.page === 'register' ? <Register /> : <Login />}
      <Switches />
    </main>
  );
}

export function Logo(): JSX.Element {
  return <img src="/favicon.svg" alt="" width="28" height="28" />;
}

function Login(): JSX.Element {
  const texts = words.value;
  const { busy, error, onSubmit } = useSubmit((field) => signIn(field('username'), field('password')));
  return (
    <form noValidate onSubmit={onSubmit} class="card">
      <h2>{texts.logIn}</h2>
      {ending.value && <p class={ending.value === 'unasked' ? 'problem' : undefined} role="status">{ending.value === 'unasked' ? texts.sessionEnded : texts.accountDeleted}</p>}
      <Username error={error} />
      <Field name="password" label={texts.password} error={error}>
        {(props) => <input {...props} type="password" autocomplete="current-password" required dir="auto" />}
      </Field>
      <Problem error={error} />
      <button class="primary" aria-disabled={busy}>{texts.logIn}</button>
      <a href="#/register">{texts.toRegister}</a>
    </form>
  );
}

function Register(): JSX.Element {
  const texts = words.value;
  const { busy, error, onSubmit } = useSubmit((field) => signUp(field('username'), field('password1'), field('password2')));
  return (
    <form noValidate onSubmit={onSubmit} class="card">
      <h2>{texts.register}</h2>
      <Username error={error} hint={texts.usernameHint} />
      <Field name="password1" label={texts.password} hint={texts.passwordHint} error={error}>
        {(props) => <input {...props} type="password" autocomplete="new-password" required dir="auto" />}
      </Field>
      <Field name="password2" label={texts.passwordAgain} error={error}>
        {(props) => <input {...props} type="password" autocomplete="new-password" required dir="auto" />}
      </Field>
      <Problem error={error} />
      <button class="primary" aria-disabled={busy}>{texts.register}</button>
      <a href={wanted.value}>{texts.toLogIn}</a>
    </form>
  );
}

function Username({ error, hint }: { readonly error: Parameters<typeof Problem>[0]['error']; readonly hint?: string }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <Field name="username" label={words.value.username} error={error} {...(hint ? { hint } : {})}>
      {(props) => <input {...props} ref={input} autocomplete="username" autocapitalize="none" spellcheck={false} required dir="auto" />}
    </Field>
  );
}
