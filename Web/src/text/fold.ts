/**
 * The key that names are compared by, as the API folds them: lower case letter by letter, Persian ya and kaf, ASCII digits for those of any script, no
 * zero-width non-joiner.
 */
export function fold(name: string): string {
  return name.replace(/[A-Z]|\P{ASCII}/gu, foldLetter);
}

function foldLetter(letter: string): string {
  switch (letter) {
    case '\u064a': // Arabic yeh
    case '\u0649': // alef maksura
      return '\u06cc';
    case '\u0643': // Arabic kaf
      return '\u06a9';
    case '\u200c':
      return '';
    default:
      return isDigit.test(letter) ? valueOf(letter) : lower(letter);
  }
}

const isDigit = /^\p{Nd}$/u;

/** Unicode has every script's digits as ten that follow each other, and a few sets of them side by side. */
function valueOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (isDigit.test(String.fromCodePoint(first - 1))) {
    first--;
  }

  return String((code - first) % 10);
}

/** One letter becomes one letter, wherever it stands: so the API compares. */
function lower(letter: string): string {
  const small = letter.toLowerCase();
  return Array.from(small).length === 1 ? small : letter;
}
