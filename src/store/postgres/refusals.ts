// Why PostgreSQL cannot be used, in words: what its address, its server or a network in between refuses.

import { codeOf } from '../../kernel/error-code.ts';
import { printable } from '../../kernel/printable.ts';

/** What is known of a failure. */
export interface Refusal {
  readonly cause: string;
  /** The connection is gone: what was asked over it may be asked again over another. */
  readonly gone: boolean;
}

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
  ETIMEDOUT: 'it does not answer in time',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself; name it with sslrootcert',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate is of an authority that is not known; name that with sslrootcert',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate is of an authority that is not known; name that with sslrootcert',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its certificate is of an authority that is not known; name that with sslrootcert',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  CERT_HAS_EXPIRED: 'its certificate has expired',
};

/** What `pg` says without a code. */
const SAYINGS: readonly (readonly [RegExp, string])[] = [
  [/timeout/i, 'it does not answer in time'],
  [
    /^(?:Connection terminated|Client has encountered|Client was closed|Connection ended|Cannot use a pool)/,
    'the connection to it was lost',
  ],
  [/does not support SSL/, 'it has no TLS; leave sslmode out, or switch TLS on'],
  [/password must be a/, 'it asks for a password; set PGPASSWORD, or name it in ~/.pgpass'],
];

/** SQLSTATEs (https://www.postgresql.org/docs/15/errcodes-appendix.html), or classes of them. */
const STATES: Readonly<Record<string, string>> = {
  '28': 'it refuses the user or the password',
  '3D000': 'there is no such database; create it first',
  '42501': 'the user lacks a right; the register needs CREATE on the database',
  '25006': 'it is read-only (a replica?); name the primary',
  '53100': 'its disk is full',
  '53200': 'it has no memory left',
  '53300': 'it has no connection left; raise max_connections',
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
  '42P01': 'its tables are not those of this version',
  '42703': 'its tables are not those of this version',
  '3F000': 'the schema of the register is gone',
};

/** States after which the connection is of no use any more. */
const GONE = /^(?:08|57P0[1-5]$|25P03$)/;
const STATE = /^[0-9A-Z]{5}$/;

/** What the server says about a statement that the program wrote wrongly is a defect of the program. */
const DEFECTS = /^(?:0A|22|23|26|34|42)/;

const isFromServer = (error: unknown): error is Error & { readonly severity: string } =>
  error instanceof Error && 'severity' in error;

/** The cause of a failed call in words; undefined: a defect. */
export const refusalOf = (error: unknown): Refusal | undefined => {
  const code = codeOf(error);
  if (isFromServer(error) && STATE.test(code)) {
    const cause = STATES[code] ?? STATES[code.slice(0, 2)];
    if (cause !== undefined) return { cause, gone: GONE.test(code) };
    if (DEFECTS.test(code)) return undefined;
    return { cause: `it says: ${printable(error.message)} (SQLSTATE ${code})`, gone: false };
  }
  const cause = CONNECTIONS[code];
  if (cause !== undefined) return { cause, gone: true };
  if (!(error instanceof Error)) return undefined;
  const said = SAYINGS.find(([saying]) => saying.test(error.message))?.[1];
  if (said !== undefined) return { cause: said, gone: true };
  // Several addresses of one name: each has failed.
  return error instanceof AggregateError ? refusalOf(error.errors[0]) : undefined;
};

/** Whether a key belongs to another row already. */
export const isTaken = (error: unknown): boolean => isFromServer(error) && codeOf(error) === '23505';

/** Whether transactions collided: whoever tries again may succeed. */
export const isCollision = (error: unknown): boolean =>
  isFromServer(error) && ['40001', '40P01'].includes(codeOf(error));
