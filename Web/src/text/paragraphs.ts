export interface Paragraph {
  readonly text: string;
  /** Between two lines of three backticks: shown left to right, letter by letter. */
  readonly code: boolean;
}

/** The line that begins code may name its language. What else stands beside backticks is text, and nobody's text is left out. */
const begins = /^\s*```[\w+#.-]*\s*$/;
const ends = /^\s*```\s*$/;

/** A message's lines. Each finds its own direction; code is always left to right. */
export function paragraphs(text: string): Paragraph[] {
  const found: { text: string; code: boolean }[] = [];
  let code: { text: string; code: boolean } | null = null;
  let isCode = false;
  for (const line of text.split(/\r\n|\r|\n/)) {
    if ((isCode ? ends : begins).test(line)) {
      isCode = !isCode;
      code = null;
    } else if (code) {
      code.text += `\n${line}`;
    } else {
      found.push({ text: line, code: isCode });
      code = isCode ? (found.at(-1) ?? null) : null;
    }
  }

  return found.length > 0 ? found : [{ text, code: false }];
}

/** So much of a message is shown at first. */
const mostCharacters = 2000;
const mostLines = 30;

/** The beginning of a long message, null for one that is short enough to be shown whole. Never cuts a letter in two. */
export function beginning(text: string): string | null {
  const end = endOfLines(text);
  return text.length - end < 200 ? null : text.slice(0, beforeLetter(text, end)).trimEnd();
}

function endOfLines(text: string): number {
  let lines = 0;
  for (const { index, 0: { length } } of text.matchAll(/\r\n|\r|\n/g)) {
    if (index >= mostCharacters) {
      break;
    }

    if (++lines === mostLines) {
      return index + length;
    }
  }

  return Math.min(text.length, mostCharacters);
}

/** Second half of a pair, mark, colour of a skin, or what joins: not the first of a letter. */
const continues = /^(?:[\udc00-\udfff]|[\p{M}\p{Emoji_Modifier}\u200d])/u;

/** Steps back to where the letter begins that `end` stands in; not through marks without end. */
function beforeLetter(text: string, end: number): number {
  let start = end;
  while (start > 0 && end - start < 40 && (continues.test(text.slice(start, start + 2)) || text.charAt(start - 1) === '\u200d')) {
    start--;
  }

  return start;
}
