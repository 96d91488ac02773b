import type { ApiError } from '../api/errors';
import { number } from '../text/numbers';
import type { Words } from './en';

/** An error in words, by the API's code. */
export const problemText = (error: ApiError, words: Words): string =>
  (Object.hasOwn(words.errors, error.code) ? words.errors[error.code] : words.errors.internal) ?? '';

/** The same where no field stands beside it that could say what is wrong with it. */
export function wholeText(error: ApiError, words: Words): string {
  const sentences = Object.values(error.fields).flat();
  return sentences.length > 0 ? sentences.map((sentence) => fieldText(sentence, words)).join(' ') : problemText(error, words);
}

type Reading = readonly [RegExp, (words: Words, found: RegExpExecArray) => string];

const count = (found: RegExpExecArray): string => number(Number(found[1]));

/** The API says what is wrong with a field in English sentences; these are the ones it has. */
const sentences: readonly Reading[] = [
  [/^This field is required/, ({ fields }) => fields.required],
  [/has at most ([\d]+) characters/, ({ fields }, found) => fields.atMost(count(found))],
  [/^At most ([\d]+) characters/, ({ fields }, found) => fields.atMost(count(found))],
  [/^At least ([\d]+) characters/, ({ fields }, found) => fields.atLeast(count(found))],
  [/^Presentation forms/, ({ fields }) => fields.presentationForms],
  [/^Only letters.*joiner/, ({ fields }) => fields.slugLetters],
  [/^Only letters/, ({ fields }) => fields.usernameLetters],
  [/needs more than dots/, ({ fields }) => fields.onlyDots],
  [/at least one visible character/, ({ fields }) => fields.invisible],
  [/is one line of text/, ({ fields }) => fields.oneLine],
  [/^Control characters/, ({ fields }) => fields.controls],
  [/^This is the id of a message/, ({ fields }) => fields.answered],
  [/^This name is an address|^Names that begin with/, ({ fields }) => fields.reserved],
  [/^This is your username/, ({ fields }) => fields.notUsername],
  [/^This is one emoji/, ({ fields }) => fields.emoji],
  [/^The password is wrong/, ({ fields }) => fields.wrongPassword],
  [/don't match/, ({ fields }) => fields.mismatch],
  [/too similar/, ({ fields }) => fields.similar],
  [/too common/, ({ fields }) => fields.common],
  [/entirely numeric/, ({ fields }) => fields.numeric],
];

/** What is wrong with a field, in the reader's language; a sentence that is not known says at least that it is this field. */
export function fieldText(sentence: string, words: Words): string {
  for (const [pattern, read] of sentences) {
    const found = pattern.exec(sentence);
    if (found) {
      return read(words, found);
    }
  }

  return words.fields.wrong;
}
