import { profileExport } from '../api/addresses';
import { ApiError } from '../api/errors';
import { askFile } from '../api/http';

/** The last line of an answer is shorter than that, in bytes. */
const lastLine = 2000;

/** All that is one's own, a JSON object a line: answer after answer, until one says that it is the last. Rejects with `ApiError`. */
export async function readExport(): Promise<Blob> {
  const parts: Blob[] = [];
  let lines = 0;
  for (let after: string | null = ''; after !== null;) {
    const answer: Blob = await askFile(profileExport + (after && `?after=${encodeURIComponent(after)}`));
    const end = await readEnd(answer);
    if (end.after === after) {
      throw new ApiError('internal', 500); // It would go on for ever.
    }

    parts.push(answer.slice(0, end.at));
    lines += end.lines;
    after = end.after;
  }

  return new Blob([...parts, `${JSON.stringify({ type: 'end', lines })}\n`], { type: 'application/x-ndjson' });
}

interface End {
  /** Where the last line begins, in bytes. */
  readonly at: number;
  /** How many stand in front of it. */
  readonly lines: number;
  /** Where the next answer goes on; null when this was the last. */
  readonly after: string | null;
}

/** Rejects when there is none: the answer was cut off. */
async function readEnd(answer: Blob): Promise<End> {
  const from = Math.max(0, answer.size - lastLine);
  const bytes = new Uint8Array(await answer.slice(from).arrayBuffer());
  const at = bytes.lastIndexOf(0x0a, -2) + 1; // The last byte of all is a line break too.
  try {
    const { type, after, lines } = JSON.parse(new TextDecoder().decode(bytes.subarray(at))) as Readonly<Record<string, unknown>>;
    if (type === 'end' || (type === 'more' && typeof after === 'string')) {
      return { at: from + at, lines: Number(lines), after: type === 'end' ? null : (after as string) };
    }
  } catch {
    // Half a line.
  }

  throw new ApiError('cut_off', 0);
}
