// Base64 as xs:base64Binary has it: white space is nothing, anything else strange is an error.

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The decoded bytes; undefined for text that is no base64, or none at all. */
export const decodeBase64 = (text: string): Buffer | undefined => {
  const compact = /[ \t\r\n]/.test(text) ? text.replace(/[ \t\r\n]+/g, '') : text;
  return compact.length > 0 && BASE64.test(compact) ? Buffer.from(compact, 'base64') : undefined;
};
