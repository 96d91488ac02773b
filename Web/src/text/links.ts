export type Segment = { readonly text: string } | { readonly text: string; readonly href: string };

const candidate = /\bhttps?:\/\/[^\s<>"'`\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gi;
const trailing = /[.,;:!?،؛؟»…*_~]+$/u;

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
  let shown = address.replace(trailing, '');
  while (/[)\]}]$/.test(shown) && !isBalanced(shown)) {
    shown = shown.slice(0, -1).replace(trailing, '');
  }

  return shown;
}

const isBalanced = (text: string): boolean => (text.match(/[([{]/g)?.length ?? 0) >= (text.match(/[)\]}]/g)?.length ?? 0);

function addressOf(text: string): string | null {
  try {
    const url = new URL(text);
    // user:password@ is how one address is dressed up as another.
    return (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '' ? url.href : null;
  } catch {
    return null;
  }
}
