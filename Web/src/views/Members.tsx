import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { asApiError, type ApiError } from '../api/errors';
import { ask } from '../api/http';
import { member, members } from '../api/addresses';
import type { Group, Member, MemberPage, Role } from '../api/shapes';
import { hrefOf } from '../app/route';
import type { Chats } from '../chat/chats';
import type { Conversation } from '../chat/conversation';
import { fold } from '../text/fold';
import { words } from '../words/language';
import { Dialog } from './Dialog';
import { Field, Problem } from './Field';
import { useSubmit } from './useSubmit';

interface MembersProps {
  readonly chats: Chats;
  readonly conversation: Conversation;
  readonly group: Group;
  readonly closed: () => void;
}

export function Members({ chats, conversation, group, closed }: MembersProps): JSX.Element {
  const texts = words.value;
  const [list, setList] = useState<readonly Member[]>([]);
  const [after, setAfter] = useState<string | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const load = useCallback(async (from: string | null) => {
    const page = await ask<MemberPage>('GET', members(group.slug) + (from === null ? '' : `?after=${encodeURIComponent(from)}`));
    setList((present) => (from === null ? page.members : [...present, ...page.members]));
    setAfter(page.after);
    void chats.presence.ask(conversation, page.members.map(({ username }) => username));
  }, [chats, conversation, group.slug]);
  const attempt = useCallback((action: () => Promise<void>) => {
    setError(null);
    action().catch((thrown: unknown) => setError(asApiError(thrown)));
  }, []);
  useEffect(() => attempt(() => load(null)), [attempt, load]);
  const change = (username: string, role: Role | null): void => attempt(async () => {
    await (role ? ask('PUT', member(group.slug, username), { role }) : ask('DELETE', member(group.slug, username)));
    await Promise.all([load(null), chats.changed()]);
  });
  const manages = group.role === 'owner' || group.role === 'admin';
  return (
    <Dialog title={texts.members} closed={closed}>
      {manages && <AddMember group={group} added={() => load(null)} />}
      <Problem error={error} whole />
      <ul class="members">
        {list.map((one) => <MemberItem key={one.username} member={one} group={group} me={chats.username} online={chats.presence.isOnline(one.username) === true} change={change} closed={closed} />)}
      </ul>
      {after !== null && <button type="button" onClick={() => attempt(() => load(after))}>{texts.more}</button>}
    </Dialog>
  );
}

function AddMember({ group, added }: { readonly group: Group; readonly added: () => Promise<void> }): JSX.Element {
  const texts = words.value;
  const { busy, error, onSubmit } = useSubmit(async (field, form) => {
    await ask('PUT', member(group.slug, field('username').trim()), {});
    form.reset();
    await added();
  });
  return (
    <form class="add" noValidate onSubmit={onSubmit}>
      <Field name="username" label={texts.addMember} error={error}>
        {(props) => <input {...props} required dir="auto" autocomplete="off" autocapitalize="none" spellcheck={false} />}
      </Field>
      <button class="primary" aria-disabled={busy}>{texts.add}</button>
      <Problem error={error} />
    </form>
  );
}

interface MemberItemProps {
  readonly member: Member;
  readonly group: Group;
  readonly me: string;
  readonly online: boolean;
  readonly change: (username: string, role: Role | null) => void;
  readonly closed: () => void;
}

function MemberItem({ member: { username, role }, group, me, online, change, closed }: MemberItemProps): JSX.Element {
  const texts = words.value;
  const isMe = fold(username) === fold(me);
  const owns = group.role === 'owner' && !isMe;
  const removes = !isMe && role !== 'owner' && (group.role === 'owner' || (group.role === 'admin' && role === 'member'));
  return (
    <li>
      {isMe ? <bdi>{username}</bdi> : <a href={hrefOf('private', username)} onClick={closed}><bdi>{username}</bdi></a>}
      <small>{texts[role]}</small>
      {online && <small class="live">{texts.online}</small>}
      <span class="buttons">
        {owns && role === 'member' && <button type="button" onClick={() => change(username, 'admin')}>{texts.makeAdmin}</button>}
        {owns && role === 'admin' && <button type="button" onClick={() => change(username, 'member')}>{texts.makeMember}</button>}
        {owns && <HandOver username={username} change={change} />}
        {removes && <button type="button" class="danger" onClick={() => change(username, null)}>{texts.remove}</button>}
      </span>
    </li>
  );
}

/** Asked once more, on the spot: the one who hands over can't take it back. */
function HandOver({ username, change }: { readonly username: string; readonly change: (username: string, role: Role) => void }): JSX.Element {
  const texts = words.value;
  const [asked, ask] = useState(false);
  return asked
    ? <button type="button" class="danger" onClick={() => change(username, 'owner')}>{texts.makeOwnerAsk}</button>
    : <button type="button" onClick={() => ask(true)}>{texts.makeOwner}</button>;
}
