// Text that comes in pieces, as lines; one that never ends is told, not kept.

/** The longest line, and the longest person of a file, in characters: a certificate has some thousand. */
export const LONGEST = 1_048_576;

export interface Lines {
  /** The lines that end within the next piece, without their ends. */
  next(text: string): readonly string[];
  /** What stands after the last end of a line. */
  rest(): string;
  /** Whether a line is longer than any may be. */
  tooLong(): boolean;
}

export const createLines = (): Lines => {
  let rest = '';
  return {
    next: (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      return lines;
    },
    rest: () => rest,
    tooLong: () => rest.length > LONGEST,
  };
};
