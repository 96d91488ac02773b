import type { Message } from '../api/shapes';

/** What the messages of an open conversation do. The same object for all of them and for as long as it is open. */
export interface ItemActions {
  /** Offers what can be done with a message, beside what was pressed. */
  readonly offer: (message: Message, beside: HTMLElement) => void;
  readonly react: (message: Message, emoji: string, puts: boolean) => void;
  /** The message of that id; null when there is none, undefined as long as nobody knows. Reads signals. */
  readonly quoted: (id: number) => Message | null | undefined;
  /** Asks for a quoted message that is not here. */
  readonly want: (id: number) => void;
  /** How many of the others have read it; null where nobody is told. Reads signals. */
  readonly readers: (id: number) => number | null;
  /** Between two: one reader is all. */
  readonly isPrivate: boolean;
  /** Whether this person can react here. Reads signals. */
  readonly reacts: () => boolean;
  /** Goes to a message, wherever it stands. */
  readonly jump: (id: number) => void;
}
