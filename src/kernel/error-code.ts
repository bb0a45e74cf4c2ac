// The code of an error of Node.js or of a driver: `ENOENT`, `SQLITE_BUSY`.

/** Empty where there is none. A test runner may load this program with an Error of its own, so the class is not asked. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
