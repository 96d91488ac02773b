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
}

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
}

export interface PrivateChatSummary {
  readonly username: string;
  readonly display_name: string;
  readonly last_message: Message | null;
  readonly unread: number;
}

export interface Profile {
  readonly username: string;
  readonly display_name: string;
  readonly bio: string;
  readonly language: string | null;
  readonly created_at: string;
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

export interface Page {
  readonly group?: Group;
  readonly with?: Person;
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** What to ask `before` for older ones; null when there are none. */
  readonly before: number | null;
  readonly last_id: number;
  /** For `after` alone. */
  readonly more?: boolean;
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
  readonly kind: 'group_message' | 'private_message' | 'invite' | 'removed' | 'group_deleted' | 'mention';
  readonly id?: number;
  readonly message: string;
  readonly user?: string;
  readonly sender: string;
  readonly recipient?: string;
  readonly timestamp: string;
  readonly group?: string;
  readonly group_name?: string;
  readonly client_id?: string;
}
