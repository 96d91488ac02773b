export type Segment = { readonly text: string } | { readonly text: string; readonly href: string };

/** Ends at a control of direction too: that would show the address in another order. */
const candidate = /\bhttps?:\/\/[^\s<>"'`\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gi;
const punctuation = '.,;:!?،؛؟»›“”‘’…*_~';
const opening = '([{';
const closing = ')]}';

/**
 * Splits a text at its web addresses. Only `http:` and `https:` become links; `javascript:` and the like stay text. The text of a link is the address itself,
 * so nothing can pretend to be another.
 */
export function segments(text: string): Segment[] {
  const found: Segment[] = [];
  let from = 0;
  for (const match of text.matchAll(candidate)) {
    const shown = trim(match[0]);
    const href = addressOf(shown);
    if (href) {
      if (match.index > from) {
        found.push({ text: text.slice(from, match.index) });
      }

      found.push({ text: shown, href });
      from = match.index + shown.length;
    }
  }

  if (from < text.length) {
    found.push({ text: text.slice(from) });
  }

  return found;
}

/** Without the punctuation of the sentence around it; a closing bracket belongs to the address only when it was opened there. */
function trim(address: string): string {
  let open = 0; // One walk there and one back: however long it is, nobody waits for it.
  for (const letter of address) {
    open += opening.includes(letter) ? 1 : closing.includes(letter) ? -1 : 0;
  }

  let end = address.length;
  for (; end > 0; end--) {
    const letter = address.charAt(end - 1);
    if (closing.includes(letter) && open < 0) {
      open++;
    } else if (!punctuation.includes(letter)) {
      break;
    }
  }

  return address.slice(0, end);
}

function addressOf(text: string): string | null {
  try {
    const url = new URL(text);
    // user:password@ is how one address is dressed up as another.
    return (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '' ? url.href : null;
  } catch {
    return null;
  }
}
