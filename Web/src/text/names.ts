import { words } from '../words/language';

/** What the API says in the place of the name of somebody who has deleted their account: no username has a space. */
const deleted = 'deleted user';

export const isDeletedUser = (name: string): boolean => name === deleted;

/** A name as it is shown. */
export const shownName = (name: string): string => (isDeletedUser(name) ? words.value.deletedUser : name);

/** The name that a private chat with such a person has. */
export const isDeletedChat = (name: string): boolean => /^deleted-[0-9a-f]{12}$/.test(name);

/** What stands above a conversation. */
export const titleOf = ({ isErased, title }: { readonly isErased: boolean; readonly title: { readonly value: string } }): string => (isErased ? words.value.deletedUser : title.value);
