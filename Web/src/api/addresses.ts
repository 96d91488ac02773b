/** The API's addresses. Names hold any script and `.`, `+`, `@`: they are encoded. */

export const dashboard = '/chat/';
export const login = '/chat/login/';
export const logout = '/chat/logout/';
export const register = '/chat/register/';
export const profile = '/chat/profile/';
export const password = '/chat/password/';
export const createGroup = '/chat/create_group/';

export const group = (slug: string): string => `/chat/group/${encodeURIComponent(slug)}/`;
export const join = (slug: string): string => `${group(slug)}join/`;
export const leave = (slug: string): string => `${group(slug)}leave/`;
export const members = (slug: string): string => `${group(slug)}members/`;
export const member = (slug: string, username: string): string => `${members(slug)}${encodeURIComponent(username)}/`;
export const deleteGroup = (slug: string): string => `/chat/delete_group/${encodeURIComponent(slug)}/`;
export const privateChat = (username: string): string => `/chat/private/${encodeURIComponent(username)}/`;
export const profileOf = (username: string): string => `${profile}${encodeURIComponent(username)}/`;
export const message = (conversation: string, id: number): string => `${conversation}messages/${id}/`;
export const reaction = (conversation: string, id: number, emoji: string): string => `${message(conversation, id)}reactions/${encodeURIComponent(emoji)}/`;
/** Public groups whose name or slug begins so; from where a page before ended. */
export const publicGroups = (query: string, after: string | null): string => `/chat/groups/?${new URLSearchParams({ q: query, ...(after === null ? {} : { after }) }).toString()}`;
export const blocks = '/chat/blocks/';
export const block = (username: string): string => `${blocks}${encodeURIComponent(username)}/`;
export const profileExport = `${profile}export/`;
export const notifications = (username: string): string => `/ws/notifications/${encodeURIComponent(username)}/`;
