// What an error says, whatever was thrown.

/** It never throws: what has no text says that. */
export const wordsOf = (error: unknown): string => {
  try {
    return error instanceof Error ? String(error.message) : String(error);
  } catch {
    return 'something was thrown that has no text';
  }
};
