import { words } from '../words/language';

/** What the API says in the place of the name of somebody who has deleted their account: no username has a space. */
const deleted = 'deleted user';

export const isDeletedUser = (name: string): boolean => name === deleted;

/** A name as it is shown. */
export const shownName = (name: string): string => (isDeletedUser(name) ? words.value.deletedUser : name);

/** The name that a private chat with such a person has. */
export const isDeletedChat = (name: string): boolean => /^deleted-[0-9a-f]{12}$/.test(name);

const direction = /[\u202a-\u202e\u2066-\u2069]/g;

/** A name in a line of text that takes no markup: it has no say in the direction of what stands around it, nor can it end the isolation by itself. */
export const isolated = (name: string): string => `\u2068${name.replace(direction, '')}\u2069`;

/** What stands above a conversation. */
export const titleOf = ({ isErased, title }: { readonly isErased: boolean; readonly title: { readonly value: string } }): string => (isErased ? words.value.deletedUser : title.value);
