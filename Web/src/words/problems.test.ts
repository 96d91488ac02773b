import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiError } from '../api/errors';
import { en, type Words } from './en';
import { fa } from './fa';
import { language } from './language';
import { fieldText, problemText } from './problems';

const root = join(import.meta.dirname, '../../..');
const languages: readonly (readonly [string, Words])[] = [['English', en], ['Persian', fa]];

afterEach(() => {
  language.value = 'en';
});

/** The codes of the API's own table. */
const codes = [...readFileSync(join(root, 'docs/errors.md'), 'utf8').matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, code]) => code ?? '');

describe.each(languages)('In %s', (_, words) => {
  it('every error of the API has its own words', () => {
    expect(codes.length).toBeGreaterThan(15);
    expect([...codes, 'offline'].filter((code) => !words.errors[code])).toEqual([]);
    expect(problemText(new ApiError('slug_taken', 409), words)).toBe(words.errors.slug_taken);
  });

  it('an error that is not known has words too', () => {
    expect(problemText(new ApiError('quota_of_tomorrow', 400), words)).toBe(words.errors.internal);
    expect(problemText(new ApiError('constructor', 400), words)).toBe(words.errors.internal);
  });

  it('every sentence about a field that a person can meet has words', () => {
    expect(new Set(sentences()).size).toBeGreaterThan(25);
    const unknown = sentences().filter((sentence) => !ofPrograms.test(sentence) && fieldText(sentence, words) === words.fields.wrong);
    expect(unknown).toEqual([]);
  });
});

/** What only a program gets wrong: this page sends none of it, or has no field for it. */
const ofPrograms = /^(?:Only a member can become the owner|Ask for before or after|Send what the page before|This (?:is|must be) (?:a whole number|true or false|1 to|member|public or private|text)|This field must be text|This has the wrong type|This must be a language tag|There is nothing to read|The password is not valid Unicode)/;

/** The sentences in the sources of the API that may stand in `errors`. */
function sentences(): string[] {
  const folders = ['Accounts', 'Groups', 'Messages', 'Names', 'PrivateChats'];
  const files = folders.flatMap((folder) => readdirSync(join(root, 'Functions', folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?:Rules|Endpoints|Request|Change|Membership|Username|Slug|NameText)\.cs$/.test(file))
    .map((file) => join(root, 'Functions', folder, file)));
  return [...files, join(root, 'Functions/Hosting/BodyParser.cs')].flatMap((file) => readFileSync(file, 'utf8').split('\n')
    .filter((line) => !/^\s*\/\/|Summary|Descri(?:be|ption)|LoggerMessage|throw new Invalid/.test(line))
    .flatMap((line) => [...line.matchAll(/"([A-Z][^"\\]* [^"\\]*\.)"/g)].map(([, text]) => (text ?? '').replaceAll(/\{\w+(?:\.\w+)*\}/g, '64'))));
}

describe('A sentence about a field', () => {
  it.each([
    ['This field is required.', 'required'],
    ['Only letters, digits and @ . + - _ are accepted.', 'usernameLetters'],
    ['Only letters, digits, - and _ are accepted, and the zero-width non-joiner between two letters.', 'slugLetters'],
    ['A username needs more than dots.', 'onlyDots'],
    ["The two passwords don't match.", 'mismatch'],
    ['The password is too similar to the username.', 'similar'],
    ['This password is too common.', 'common'],
    ['The password is entirely numeric.', 'numeric'],
    ['The password is wrong.', 'wrongPassword'],
    ['Presentation forms (U+FB50 to U+FDFF, U+FE70 to U+FEFF) are not accepted; type the letters themselves.', 'presentationForms'],
    ["A group's name has at least one visible character.", 'invisible'],
    ["A group's name is one line of text, without control characters.", 'oneLine'],
    ['Control characters are not accepted.', 'controls'],
    ["Control characters other than line breaks and tabs can't be sent.", 'controls'],
    ['Whatever a later version says.', 'wrong'],
  ] as const)('%s', (sentence, name) => {
    expect(fieldText(sentence, en)).toBe(en.fields[name]);
    expect(fieldText(sentence, fa)).toBe(fa.fields[name]);
    expect(fa.fields[name]).toMatch(/[\u0600-\u06ff]/);
  });

  it.each([
    ['At most 64 characters.', 'At most 64 characters.', '۶۴'],
    ['At least 8 characters.', 'At least 8 characters.', '۸'],
    ["A group's name has at most 100 characters.", 'At most 100 characters.', '۱۰۰'],
    ['A message has at most 16000 characters; this one has 16001.', 'At most 16,000 characters.', '۱۶٬۰۰۰'],
  ])('%s keeps its number, in the digits of the reader', (sentence, english, persian) => {
    expect(fieldText(sentence, en)).toBe(english);
    language.value = 'fa';
    expect(fieldText(sentence, fa)).toContain(persian);
  });
});
