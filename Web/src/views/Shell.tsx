import type { JSX } from 'preact';
import { route, type Route } from '../app/route';
import type { Chats } from '../chat/chats';
import { words } from '../words/language';
import { ConversationView } from './ConversationView';
import { NewGroup } from './NewGroup';
import { ProfileView } from './ProfileView';
import { Sidebar } from './Sidebar';
import { useFocusOf } from './useFocusOf';

/** The list beside what is open; one of the two on a narrow screen. */
export function Shell({ chats }: { readonly chats: Chats }): JSX.Element {
  const at = route.value;
  useFocusOf(at);
  return (
    <main class="shell" data-page={isList(at) ? 'list' : 'content'}>
      <h1 class="sr">{words.value.product}</h1>
      <a class="skip" href="#content" onClick={skip}>{words.value.skip}</a>
      <Sidebar chats={chats} />
      <div id="content" tabIndex={-1}>
        <Banner chats={chats} />
        <Content chats={chats} />
      </div>
    </main>
  );
}

/** Nothing is open: the only page of a narrow screen that has no way back to the list is the list. */
const isList = ({ page }: Route): boolean => page === 'home' || page === 'register';

/** Not by the fragment: that is where the route is. */
function skip(event: MouseEvent): void {
  event.preventDefault();
  (document.querySelector<HTMLElement>('.composer textarea') ?? document.getElementById('content'))?.focus();
}

function Content({ chats }: { readonly chats: Chats }): JSX.Element {
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

/** Says quietly that the socket is away; not for the moment that a first connection takes, and without a break while it is tried again. */
function Banner({ chats }: { readonly chats: Chats }): JSX.Element {
  const state = chats.live.state.value;
  return (
    <div class="banner-place" role="status">
      {state === 'waiting' && <p class="banner">{words.value.offline}</p>}
    </div>
  );
}
