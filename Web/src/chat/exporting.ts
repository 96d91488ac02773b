import { profileExport } from '../api/addresses';
import { ApiError } from '../api/errors';
import { askFile } from '../api/http';

/** The last line is shorter than that, in bytes. */
const lastLine = 2000;

/** All that is one's own, a JSON object a line: answer after answer, until one says that it is the last. Rejects with `ApiError`. */
export async function readExport(): Promise<Blob> {
  const parts: Blob[] = [];
  for (let after: string | null = ''; after !== null;) {
    const part: Blob = await askFile(profileExport + (after && `?after=${encodeURIComponent(after)}`));
    const next = await nextOf(part);
    if (next === after) {
      throw new ApiError('internal', 500); // It would go on for ever.
    }

    parts.push(part);
    after = next;
  }

  return new Blob(parts, { type: 'application/x-ndjson' });
}

/** Where the next answer goes on; null when this was the last. An answer without such a line was cut off. */
async function nextOf(part: Blob): Promise<string | null> {
  const line = (await part.slice(-lastLine).text()).trimEnd().split('\n').at(-1) ?? '';
  try {
    const { type, after } = JSON.parse(line) as { readonly type?: unknown; readonly after?: unknown };
    if (type === 'end' || (type === 'more' && typeof after === 'string')) {
      return type === 'end' ? null : (after as string);
    }
  } catch {
    // Half a line.
  }

  throw new ApiError('offline', 0);
}
