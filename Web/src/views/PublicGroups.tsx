import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { Group } from '../api/shapes';
import { hrefOf } from '../app/route';
import type { Chats } from '../chat/chats';
import { Directory } from '../chat/directory';
import { number } from '../text/numbers';
import { words } from '../words/language';
import { problemText } from '../words/problems';
import { Icon } from './Icon';

/** The public groups: the first ones of others, or those that somebody searches for. */
export function PublicGroups({ chats }: { readonly chats: Chats }): JSX.Element {
  const texts = words.value;
  const directory = useMemo(() => new Directory(), []);
  useEffect(() => () => directory.end(), [directory]);
  const found = directory.found.value;
  const groups = found ?? chats.publicGroups.value.filter(({ role }) => role === null);
  const isDone = found && !(found.length === 0 && directory.hasMore.value); // Else there may be some on the pages to come.
  const problem = directory.problem.value;
  return (
    <section aria-labelledby="public">
      <h2 id="public">{texts.publicGroups}</h2>
      <form class="inline" role="search" onSubmit={(event) => event.preventDefault()}>
        <input type="search" aria-label={texts.searchGroups} placeholder={texts.searchGroups} dir="auto" autocomplete="off" spellcheck={false} onInput={({ currentTarget }) => directory.search(currentTarget.value)} />
      </form>
      <div class="sr" role="status">{isDone && !directory.busy.value && texts.groupsFound(number(found.length))}</div>
      {problem && <p class="problem" role="alert">{problemText(problem, texts)} <button type="button" onClick={() => void directory.retry()}>{texts.retry}</button></p>}
      {isDone && found.length === 0 && <p class="hint">{texts.noGroupFound}</p>}
      <ul class="chats" aria-busy={directory.busy.value}>{groups.map((group) => <li key={group.slug}><PublicItem group={group} /></li>)}</ul>
      {directory.hasMore.value && <button type="button" class="more" onClick={() => void directory.more()} aria-disabled={directory.busy.value}>{texts.moreGroups}</button>}
    </section>
  );
}

function PublicItem({ group }: { readonly group: Group }): JSX.Element {
  return (
    <a class="chat" href={hrefOf('group', group.slug)}>
      <span class="avatar" aria-hidden="true"><Icon name="group" /></span>
      <span class="line"><bdi class="title">{group.group_name}</bdi></span>
      <span class="line"><bdi class="preview">{group.role === null ? group.owner : words.value[group.role]}</bdi></span>
    </a>
  );
}
