export interface Paragraph {
  readonly text: string;
  /** Between two lines of three backticks: shown left to right, letter by letter. */
  readonly code: boolean;
}

/** A message's lines. Each finds its own direction; code is always left to right. */
export function paragraphs(text: string): Paragraph[] {
  const found: { text: string; code: boolean }[] = [];
  let code = false;
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line.trim().startsWith('```')) {
      code = !code;
    } else if (code && found.at(-1)?.code) {
      found[found.length - 1] = { text: `${found.at(-1)?.text ?? ''}\n${line}`, code };
    } else {
      found.push({ text: line, code });
    }
  }

  return found.length > 0 ? found : [{ text, code: false }];
}

/** So much of a message is shown at first. */
const mostCharacters = 2000;
const mostLines = 30;

/** The beginning of a long message, null for one that is short enough to be shown whole. Never cuts a letter in two. */
export function beginning(text: string): string | null {
  let end = 0;
  for (let lines = 0; lines < mostLines; lines++) {
    const next = text.indexOf('\n', end);
    if (next < 0 || next >= mostCharacters) {
      end = Math.min(text.length, mostCharacters);
      break;
    }

    end = next + 1;
  }

  if (text.length - end < 200) {
    return null;
  }

  const isHalf = /[\ud800-\udbff\u200d]/.test(text.charAt(end - 1));
  return text.slice(0, isHalf ? end - 1 : end).trimEnd();
}
