/** What the chat's API answers, as in its document: names and shapes are those of the wire. */

export type Role = 'owner' | 'admin' | 'member';
export type GroupType = 'public' | 'private';

export interface Message {
  /** 1, 2, 3 … in its conversation, without a hole. */
  readonly id: number;
  readonly message: string;
  readonly user: string;
  readonly timestamp: string;
  readonly client_id?: string;
  /** In private chats alone. */
  readonly sender?: string;
  readonly recipient?: string;
  /** The id of the message that it answers. */
  readonly reply_to?: number;
  readonly edited_at?: string;
  /** Then its text is empty: it is a gap. */
  readonly deleted_at?: string;
  /** In the order in which each emoji was first put. */
  readonly reactions?: readonly Reaction[];
  /** The id of the newest entry that changed it; absent for one that nobody changed. */
  readonly revision?: number;
}

export interface Reaction {
  readonly emoji: string;
  /** People, 1 or more. */
  readonly count: number;
  readonly mine?: boolean;
}

/** An entry of the log that tells what happened to a message in front of it. */
export interface Change {
  readonly event: 'edited' | 'deleted' | 'reaction';
  readonly id: number;
  /** The id of the message. */
  readonly target: number;
  readonly user: string;
  readonly timestamp: string;
  /** Of `edited`: the new text; absent when a later change has superseded it. */
  readonly message?: string;
  /** Of `reaction`. */
  readonly emoji?: string;
  /** Of `reaction`: how many people's reaction with this emoji the message has since. */
  readonly count?: number;
  /** Of `reaction`: it was taken back. */
  readonly removed?: boolean;
}

export type Entry = Message | Change;

export interface Group {
  readonly group_name: string;
  readonly slug: string;
  readonly type: GroupType;
  readonly owner: string;
  readonly created_at: string;
  /** The caller's; null for somebody who is not a member. */
  readonly role: Role | null;
}

export interface GroupSummary extends Group {
  /** Its text is cut to 300 characters. */
  readonly last_message: Message | null;
  readonly unread: number;
  /** The newest id of the log, when the service tells it: changes may stand behind the last message. */
  readonly last_id?: number;
}

export interface PrivateChatSummary {
  readonly username: string;
  readonly display_name: string;
  readonly last_message: Message | null;
  readonly unread: number;
  /** As in a group. */
  readonly last_id?: number;
}

export interface Profile {
  readonly username: string;
  readonly display_name: string;
  readonly bio: string;
  readonly language: string | null;
  readonly created_at: string;
}

export interface Member {
  readonly username: string;
  readonly role: Role;
}

export interface MemberPage {
  readonly members: readonly Member[];
  /** What to ask `after` for the next page; null behind the last. */
  readonly after: string | null;
}

export interface Dashboard {
  readonly user: Profile;
  readonly groups: readonly GroupSummary[];
  readonly private_chats: readonly PrivateChatSummary[];
  readonly public_groups: readonly Group[];
}

export interface Person {
  readonly username: string;
  readonly display_name: string;
}

export interface Blocked extends Person {
  readonly blocked_at: string;
}

export interface GroupPage {
  readonly groups: readonly Group[];
  /** What to ask `after` for the next page; null behind the last. */
  readonly after: string | null;
}

export interface Page {
  readonly group?: Group;
  readonly with?: Person;
  /** In private: the reader has blocked the other. */
  readonly blocked?: boolean;
  /** Oldest first, every id once: messages as they stand now, changes where they happened. */
  readonly messages: readonly Entry[];
  /** What to ask `before` for older ones; null when there are none. */
  readonly before: number | null;
  readonly last_id: number;
  /** How far the others have read; for members of pairs and of small groups alone. */
  readonly reads?: readonly ReadPosition[];
  /** For `after` alone. */
  readonly more?: boolean;
}

export interface ReadPosition {
  readonly user: string;
  /** Everything up to it is read. */
  readonly id: number;
}

export interface Session {
  /** Seconds. */
  readonly expires_in: number;
  readonly username: string;
}

export interface Negotiated {
  readonly url: string;
}

/** A frame of the notifications channel. */
export interface Notification {
  readonly kind: 'group_message' | 'private_message' | 'mention' | Change['event'] | 'read' | 'typing' | 'presence' | 'invite' | 'removed' | 'group_deleted';
  readonly id?: number;
  readonly message: string;
  readonly user?: string;
  readonly sender: string;
  readonly recipient?: string;
  readonly timestamp: string;
  readonly group?: string;
  readonly group_name?: string;
  readonly client_id?: string;
  readonly reply_to?: number;
  /** Of a change, as it stands in the log. */
  readonly target?: number;
  readonly emoji?: string;
  readonly count?: number;
  readonly removed?: boolean;
  /** Of `presence`. */
  readonly online?: boolean;
}
