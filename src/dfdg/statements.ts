// What the services do beyond their operations and codes, rule by rule, each with how well it is known.

import type { Statement } from '../kernel/problem.ts';

/** For people: `kontakt contract` prints them. */
export const statements: readonly Statement[] = [
  {
    what: 'order of checks: certificate, headers, rights, body, citizen, the operation’s own rules',
    basis: 'documented',
  },
  { what: 'order within rights and within the operations’ own rules', basis: 'assumed' },
  { what: 'faultcode is the bare number (switch: dfdg.faultcode)', basis: 'documented' },
  {
    what: 'HTTP 500 for faults; answers begin with status, beskrivelse (FEJL_ and the code), fejltekst (its text), ServiceRequestLogReferenceIdentifier',
    basis: 'assumed',
  },
  { what: 'CPR numbers: pattern, calendar and the register decide, never modulus 11', basis: 'documented' },
  {
    what: 'contact data types 1 mobile, 2 landline, 3 e-mail; statuses 1 not verified, 2 verified, 3 invalid',
    basis: 'assumed',
  },
  {
    what: 'all rows of a save or none; a changed value is unverified and its code dies; the same value changes nothing',
    basis: 'assumed',
  },
  {
    what: 'of several rows of one type in a save the last counts, with a warning; each of them must be valid',
    basis: 'assumed',
  },
  {
    what: 'values are stored as typed and compared in one form: numbers as E.164, addresses in lower case, composed (NFC), the domain in ASCII',
    basis: 'assumed',
  },
  {
    what: 'verification codes: six digits, 15 minutes, used once (switches: dfdg.codeDigits, dfdg.codeLifetime)',
    basis: 'assumed',
  },
  {
    what: 'for each citizen and type five wrong codes in 15 minutes and five codes sent in an hour, then 9244, whatever becomes of value and code (switches: dfdg.codeAttempts, codeAttemptsWithin, codeSends, codeSendsWithin)',
    basis: 'assumed',
  },
  { what: 'codes 9241 wrong, 9243 expired, 9244 too many attempts', basis: 'assumed' },
  {
    what: 'telephone numbers: the pattern, and a number of a numbering plan; landline and mobile are not told apart',
    basis: 'assumed',
  },
  {
    what: 'the dead: writes 4405, reads allowed; a former CPR number: writes 9460, reads follow',
    basis: 'documented',
  },
  {
    what: 'a user of type 1 sees and changes only the citizen whose CPR number it gives (switch: dfdg.citizenUser)',
    basis: 'assumed',
  },
  {
    what: 'reminders go to verified mobile numbers and e-mail addresses, by a control call',
    basis: 'assumed',
  },
  { what: 'a save has 1 to 20 rows, over SOAP and REST', basis: 'assumed' },
  {
    what: 'REST errors are problem details; a 401 carries WWW-Authenticate: ClientCertificate; HEAD is answered as GET',
    basis: 'assumed',
  },
  { what: 'a request id is used up by a valid call only', basis: 'assumed' },
  { what: 'x-requestId used again by the same certificate within 24 hours: HTTP 412', basis: 'documented' },
  { what: 'every call, reads too, is in the access log with who acted', basis: 'documented' },
];
