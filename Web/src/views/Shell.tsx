import type { JSX } from 'preact';
import { route } from '../app/route';
import type { Chats } from '../chat/chats';
import { words } from '../words/language';
import { ConversationView } from './ConversationView';
import { NewGroup } from './NewGroup';
import { ProfileView } from './ProfileView';
import { Sidebar } from './Sidebar';

/** The list beside what is open; one of the two on a narrow screen. */
export function Shell({ chats }: { readonly chats: Chats }): JSX.Element {
  return (
    <div class="shell" data-page={route.value.page === 'home' ? 'list' : 'main'}>
      <a class="skip" href="#main" onClick={skip}>{words.value.skip}</a>
      <Sidebar chats={chats} />
      <main id="main" tabIndex={-1}>
        <Banner chats={chats} />
        <Main chats={chats} />
      </main>
    </div>
  );
}

/** Not by the fragment: that is where the route is. */
function skip(event: MouseEvent): void {
  event.preventDefault();
  (document.querySelector<HTMLElement>('.composer textarea') ?? document.getElementById('main'))?.focus();
}

function Main({ chats }: { readonly chats: Chats }): JSX.Element {
  const at = route.value;
  switch (at.page) {
    case 'conversation': {
      const conversation = chats.find(at.kind, at.name);
      return <ConversationView key={conversation.key} chats={chats} kind={at.kind} name={at.name} />;
    }
    case 'new':
      return <NewGroup chats={chats} />;
    case 'profile':
      return <ProfileView chats={chats} />;
    default:
      return <p class="empty">{words.value.chooseChat}</p>;
  }
}

/** Says quietly that the socket is away; not for the moment that a first connection takes. */
function Banner({ chats }: { readonly chats: Chats }): JSX.Element {
  const state = chats.live.state.value;
  return (
    <div class="banner-place" role="status">
      {state === 'waiting' && <p class="banner">{words.value.offline}</p>}
    </div>
  );
}
