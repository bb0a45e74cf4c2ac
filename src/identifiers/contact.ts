// Telephone numbers and e-mail addresses as the Danish platform takes them.

import { createRequire } from 'node:module';
import { domainToASCII } from 'node:url';

const TELEPHONE = /^\+?[0-9]{3,20}$/;
const EMAIL = /^[^>()[\]\\,;:@ \t\r\n]{0,191}@[^>()[\]\\,;:@ \t\r\n]{1,64}$/u;

// The numbering plans of the world take a while to load: the first number waits for it, or the start of a server when it has
// nothing else left to do, but no start waits for it.
type Numbering = typeof import('libphonenumber-js/max');
let numbering: Numbering | undefined;
const plans = (): Numbering => {
  numbering ??= createRequire(import.meta.url)('libphonenumber-js/max') as Numbering;
  return numbering;
};

/** Loads now what the first telephone number would have to wait for. */
export const warmTelephones = (): void => void plans();

// One call asks for the same number three times, and the library takes longer than the rest of the rule.
const MOST_KNOWN = 1000;
const known = new Map<string, string | undefined>();

/**
 * The international form (E.164) of a telephone number, which numbers are compared by: `+45` before a Danish one, `+` where
 * `00` was typed.
 *
 * @returns undefined when it has not the documented pattern or no numbering plan has such a number
 */
export const normalTelephone = (text: string): string | undefined => {
  if (!TELEPHONE.test(text)) return undefined;
  if (known.has(text)) return known.get(text);
  const number = plans().parsePhoneNumberFromString(text.replace(/^00/, '+'), 'DK');
  const normal = number?.isValid() ? number.number : undefined;
  if (known.size === MOST_KNOWN) known.clear();
  known.set(text, normal);
  return normal;
};

// JSON can hold them, XML cannot: stored by one service, they would make the other's answers unreadable.
const UNWRITABLE = /[\p{Cc}\p{Cs}\ufffe\uffff]/u;

/** The documented pattern, without what no SOAP message could hold; nothing is said of domains. */
export const isEmail = (text: string): boolean => EMAIL.test(text) && !UNWRITABLE.test(text);

// What a domain of a living person's address can be made of. Everything else is left as it is: to a parser of hosts, a slash or
// a percent sign in it would mean something.
const INTERNATIONAL = /^[\p{L}\p{M}\p{N}.-]*[^\0-\x7f][\p{L}\p{M}\p{N}.-]*$/u;

/**
 * The form in which e-mail addresses are compared: lower case, composed (Unicode NFC), the domain in ASCII (RFC 5891).
 *
 * @returns undefined when it has not the documented pattern
 */
export const normalEmail = (text: string): string | undefined => {
  if (!isEmail(text)) return undefined;
  const [local = '', domain = ''] = text.toLowerCase().normalize('NFC').split('@');
  const ascii = INTERNATIONAL.test(domain) ? domainToASCII(domain) : '';
  return `${local}@${ascii || domain}`;
};
