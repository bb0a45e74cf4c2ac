// The call that changes a state, as somebody can make it: a command of the command line, or a call of the control interface.

import { clientLeaves } from '../pki/leaves.ts';

/** So that a shell takes it for one word, as it is. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** The client of the test PKI with a sound certificate of an organisation; undefined: there is none. */
export const clientOf = (organisation: string | undefined): string | undefined =>
  clientLeaves.find(
    ({ organisation: number, period, revoked, issuer }) =>
      number === organisation && period === 'current' && !revoked && issuer === 'issuing',
  )?.name;

/**
 * A call of a service.
 *
 * @param target `<service>.<operation>`
 * @param fields those that are set; of the others `kontakt call` knows good ones
 */
export const callCommand = (
  target: string,
  client: string | undefined,
  fields: Readonly<Record<string, string | undefined>> = {},
): string =>
  [
    `kontakt call ${target}`,
    ...(client === undefined ? [] : [`--as ${quoted(client)}`]),
    ...Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [`--set ${quoted(`${name}=${value}`)}`],
    ),
  ].join(' ');

/** Bodies that are longer are told by what to change of them. */
const LONGEST_BODY = 4000;

/**
 * A call of the control interface with a whole body.
 *
 * @param short what to change of the body that a GET of the same address shows, where it is too long to be told
 */
export const controlCall = (
  method: 'PUT' | 'POST',
  path: string,
  body: object,
  short = 'with the change',
): string => {
  const text = JSON.stringify(body);
  const address = `/_emulator${path}`;
  return text.length > LONGEST_BODY
    ? `GET ${address}, then ${method} it ${short}`
    : `${method} ${address} ${text}`;
};
