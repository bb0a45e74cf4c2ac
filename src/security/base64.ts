// Base64 as xs:base64Binary has it: white space is nothing, anything else strange is an error.

/** The decoded bytes; undefined for text that is no base64, or none at all. */
export const decodeBase64 = (text: string): Buffer | undefined => {
  const compact = /[ \t\r\n]/.test(text) ? text.replace(/[ \t\r\n]+/g, '') : text;
  const bytes = Buffer.from(compact, 'base64');
  // Buffer.from forgives everything; what comes out as it went in had nothing to forgive.
  return bytes.length > 0 && bytes.toString('base64') === compact ? bytes : undefined;
};
