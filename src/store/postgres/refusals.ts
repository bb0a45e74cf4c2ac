// Why PostgreSQL cannot be used, in words: what its address, its server or a network in between refuses.

import { codeOf } from '../../kernel/error-code.ts';
import { printable } from '../../kernel/printable.ts';
import { AddressError } from './address.ts';
import { SCHEMA } from './statements.ts';

/** What is known of a failure. */
export interface Refusal {
  readonly cause: string;
  /** The connection is gone: what was asked over it may be asked again over another. */
  readonly gone: boolean;
  /** Nothing was heard for so long as is waited: another connection will hear as little. */
  readonly silent?: boolean;
}

const SILENT = 'it does not answer in time';
const UNKNOWN_AUTHORITY = 'its certificate is of an authority that is not known; sslrootcert must name that';

/** Of Node.js and of TLS: the connection was not made, or was lost. */
const CONNECTIONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers at its address; start it, or mend the address',
  ENOENT: 'there is no socket at its address; start it, or mend the address',
  ENOTFOUND: 'there is no host of this name',
  EAI_AGAIN: 'the name of its host cannot be looked up now',
  EHOSTUNREACH: 'its host cannot be reached',
  ENETUNREACH: 'its network cannot be reached',
  EACCES: 'its socket may not be used by this user',
  ECONNRESET: 'the connection to it was lost',
  EPIPE: 'the connection to it was lost',
  ETIMEDOUT: SILENT,
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself; sslrootcert must name it',
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  CERT_HAS_EXPIRED: 'its certificate has expired',
};

/** What `pg` says without a code. */
const SAYINGS: readonly (readonly [RegExp, string])[] = [
  [/timeout/i, SILENT],
  [
    /^(?:Connection terminated|Client has encountered|Client was closed|Connection ended|Cannot use a pool)/,
    'the connection to it was lost',
  ],
  [/does not support SSL/, 'it has no TLS; leave sslmode out, or switch TLS on'],
  [/establishing an SSL connection/, 'what answers at its address is not PostgreSQL'],
  [/password must be a/, 'it asks for a password; set PGPASSWORD, or name it in ~/.pgpass'],
];

const HELD = `its schema ${SCHEMA} holds something of the same name that the register did not make`;

/** Where the server says more than its code does: its words. */
const WORDS = '%';

/** SQLSTATEs (https://www.postgresql.org/docs/15/errcodes-appendix.html), or classes of them. */
const STATES: Readonly<Record<string, string>> = {
  '28': 'it refuses the user or the password',
  '28000': `it refuses the connection (${WORDS})`,
  '3D000': 'there is no such database; create it first',
  '42501': `the user lacks a right (${WORDS}); let it own the schema ${SCHEMA}: the first start needs CREATE on the database`,
  '25006': 'it is read-only (a replica?); name the primary',
  '53100': 'its disk is full',
  '53200': 'it has no memory left',
  '53300': `it has no connection left (${WORDS})`,
  '53': 'it has no resources left',
  '55P03': 'another program holds the register locked; let that program finish',
  '57014': 'it took too long and was cancelled',
  '57P01': 'it is shutting down, or the connection was ended there',
  '57P02': 'it crashed and restarts',
  '57P03': 'it is starting up',
  '57P05': 'the connection was idle for too long',
  '25P03': 'the connection was idle for too long in a change',
  '40': 'changes collided again and again',
  '08': 'the connection to it was lost',
  '58': 'its disk failed to read or write',
  XX001: 'its data is damaged',
  XX002: 'an index of it is damaged',
  '42P07': HELD,
  '42710': HELD,
  '42P01': 'its tables are not those of this version',
  '42703': 'its tables are not those of this version',
  '3F000': 'the schema of the register is gone',
};

/** States after which the connection is of no use any more. */
const GONE = /^(?:08|57P0[1-5]$|25P03$)/;
const STATE = /^[0-9A-Z]{5}$/;

/** What the server says about a statement that the program wrote wrongly is a defect of the program. */
const DEFECTS = /^(?:0A|22|23|26|34|42)/;

/** What OpenSSL refuses, whatever it is. */
const OF_TLS = /^(?:ERR_SSL|ERR_TLS|ERR_OSSL|CERT_|UNABLE_TO_)/;

const isFromServer = (error: unknown): error is Error & { readonly severity: string } =>
  error instanceof Error && 'severity' in error;

const saying = (error: Error): string => `it says: ${printable(error.message)} (SQLSTATE ${codeOf(error)})`;

/** What befell while a connection was made; what the server says then is never a defect of the program. */
export const toldAtConnecting = (error: unknown): unknown =>
  isFromServer(error) && !refusalOf(error) ? new AddressError(saying(error)) : error;

/** The cause of a failed call in words; undefined: a defect. */
export const refusalOf = (error: unknown): Refusal | undefined => {
  const code = codeOf(error);
  if (isFromServer(error) && STATE.test(code)) {
    const cause = STATES[code] ?? STATES[code.slice(0, 2)];
    if (cause !== undefined)
      return { cause: cause.replace(WORDS, () => printable(error.message)), gone: GONE.test(code) };
    return DEFECTS.test(code) ? undefined : { cause: saying(error), gone: false };
  }
  if (error instanceof AddressError) return { cause: error.message, gone: false };
  const cause = CONNECTIONS[code];
  if (cause !== undefined) return { cause, gone: true, silent: cause === SILENT };
  if (!(error instanceof Error)) return undefined;
  const said = SAYINGS.find(([pattern]) => pattern.test(error.message))?.[1];
  if (said !== undefined) return { cause: said, gone: true, silent: said === SILENT };
  if (OF_TLS.test(code)) return { cause: `TLS with it fails: ${printable(error.message)}`, gone: true };
  // Several addresses of one name: each has failed.
  return error instanceof AggregateError ? refusalOf(error.errors[0]) : undefined;
};

/** Whether a key belongs to another row already. */
export const isTaken = (error: unknown): boolean => isFromServer(error) && codeOf(error) === '23505';

/** Whether transactions collided: whoever tries again may succeed. */
export const isCollision = (error: unknown): boolean =>
  isFromServer(error) && ['40001', '40P01'].includes(codeOf(error));
