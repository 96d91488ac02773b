import type { JSX } from 'preact';
import { go, hrefOf, route } from '../app/route';
import { keyOf, type Chats } from '../chat/chats';
import { words } from '../words/language';
import { problemText } from '../words/problems';
import { ConversationItem } from './ConversationItem';
import { Icon } from './Icon';
import { Logo } from './Access';
import { PublicGroups } from './PublicGroups';

export function Sidebar({ chats }: { readonly chats: Chats }): JSX.Element {
  const texts = words.value;
  const problem = chats.problem.value;
  return (
    <nav class="sidebar" aria-label={texts.chats}>
      <header class="bar">
        <p class="brand" aria-hidden="true"><Logo />{texts.product}</p>
        <a class="icon" href="#/new" aria-label={texts.newGroup} title={texts.newGroup}><Icon name="plus" /></a>
        <a class="icon" href="#/profile" aria-label={texts.profile} title={texts.profile}><Icon name="person" /></a>
      </header>
      <div class="lists">
        {problem && <p class="problem">{texts.stale} {problemText(problem, texts)} <button type="button" onClick={() => void chats.refresh()}>{texts.retry}</button></p>}
        <Mine chats={chats} />
        <WriteTo />
        <PublicGroups chats={chats} />
      </div>
    </nav>
  );
}

function Mine({ chats }: { readonly chats: Chats }): JSX.Element {
  const texts = words.value;
  const at = route.value;
  const shown = at.page === 'conversation' ? keyOf(at.kind, at.name) : null;
  return (
    <section aria-labelledby="mine">
      <h2 id="mine">{texts.chats}</h2>
      {chats.list.value.length === 0 && chats.me.value && <p class="hint">{texts.noChats}</p>}
      <ul class="chats">
        {chats.list.value.map((one) => (
          <li key={one.key}><ConversationItem conversation={one} me={chats.username} current={one.key === shown} /></li>
        ))}
      </ul>
    </section>
  );
}

function WriteTo(): JSX.Element {
  const texts = words.value;
  const write = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const name = new FormData(form).get('username');
    if (typeof name === 'string' && name.trim()) {
      form.reset();
      go(hrefOf('private', name.trim()));
    }
  };
  return (
    <form class="inline" noValidate onSubmit={write} aria-label={texts.newPrivate}>
      <input name="username" aria-label={texts.writeTo} placeholder={texts.writeTo} dir="auto" autocomplete="off" autocapitalize="none" spellcheck={false} />
      <button>{texts.open}</button>
    </form>
  );
}
