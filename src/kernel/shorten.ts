// Values of strangers in explanations: enough of each to find it again, never so much that the reason is lost behind it.

const ENOUGH = 80;

/** The text, or its beginning and how long it is. */
export const shortened = (text: string, most = ENOUGH): string =>
  text.length > most ? `${text.slice(0, most)}… (${text.length} characters)` : text;
