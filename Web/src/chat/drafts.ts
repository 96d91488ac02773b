import { keptHere } from '../storage';

const prefix = (me: string): string => `chat.draft.${me}/`;

/** Where what somebody types into a conversation is kept over a reload of this tab. `me`: their folded name; whoever else signs in does not see it. */
export const draftKey = (me: string, conversation: string): string => prefix(me) + conversation;

export function forgetDrafts(me: string): void {
  keptHere.keys().filter((key) => key.startsWith(prefix(me))).forEach((key) => keptHere.remove(key));
}
