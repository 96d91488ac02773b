import { fold } from './fold';

/** Part of a text: `isMention` where it names whom it was looked through for. */
export interface MentionPart {
  readonly text: string;
  readonly isMention: boolean;
}

/** An at sign that no character of names stands before (so an address of e-mail is none), and what may be a name behind it: as the API finds them. */
const candidate = /(?<![\p{L}\p{Nd}\p{Mn}\p{Mc}@.+\-_])@[\p{L}\p{Nd}\p{Mn}\p{Mc}@.+\-_]+/gu;

/** What is being written right before the caret: an at sign and the beginning of a name, or nothing of it yet. */
const open = /(?<![\p{L}\p{Nd}\p{Mn}\p{Mc}@.+\-_])@[\p{L}\p{Nd}\p{Mn}\p{Mc}.+\-_]{0,64}$/u;

/** A sentence ends in punctuation, and so may a name: both are looked for. */
const punctuation = /[@.+\-_]+$/;

/** The text in parts, in order; one where nobody of that name is mentioned. */
export function mentionParts(text: string, name: string): MentionPart[] {
  const parts: MentionPart[] = [];
  let from = 0;
  for (const { index, 0: found } of text.matchAll(candidate)) {
    const named = [found, found.replace(punctuation, '')].find((one) => fold(one.slice(1)) === fold(name));
    if (named) {
      parts.push({ text: text.slice(from, index), isMention: false }, { text: named, isMention: true });
      from = index + named.length;
    }
  }

  parts.push({ text: text.slice(from), isMention: false });
  return parts.filter(({ text: part }) => part !== '');
}

export const mentions = (text: string, name: string): boolean => text.includes('@') && mentionParts(text, name).some(({ isMention }) => isMention);

/** Where the mention begins that somebody writes at the caret, and what there is of the name; null when they write none. */
export function openMention(text: string, caret: number): { readonly from: number; readonly query: string } | null {
  const found = open.exec(text.slice(0, caret));
  return found && { from: found.index, query: found[0].slice(1) };
}
