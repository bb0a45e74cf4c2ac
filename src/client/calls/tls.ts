// Calls over mutual TLS: the client's identity, one request.

import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { danishIdentity } from '../../dfdg/caller.ts';
import { UserError } from '../../kernel/user-error.ts';
import { readPem } from '../../security/trust/certificate.ts';
import type { CallMaterial } from '../material.ts';
import type { Addressee, FirstCitizen } from './addressee.ts';

/** A Danish client and whom it acts for by default. */
export interface DanishClient {
  readonly client: CallMaterial['client'];
  readonly trustPem: string;
  readonly holder: { readonly cvr: string; readonly userIdentifier: string };
  readonly organisation: { readonly type: number; readonly code: string };
}

/** What is said of a certificate without a CVR number; it is refused before anybody reads it. */
const NOBODY = { cvr: '00000000', userIdentifier: 'CVR:00000000-FID:0' };

export const loadDanishClient = async (
  { material, organisations: all }: Addressee,
  name: string,
): Promise<DanishClient> => {
  const { client, trustPem } = await material(name);
  const [certificate] = readPem(client.certificatePem);
  // Certificates that will be refused are sent too: that they are is what the caller wants to see.
  const holder = (certificate && danishIdentity(certificate)) ?? NOBODY;
  const organisations = await all();
  const own = organisations.find(({ cvr }) => cvr === holder.cvr);
  // A stranger calls for the first organisation, STAR, which may use every service: that the stranger may not is what is tried.
  const organisation = own ?? organisations[0] ?? { type: 1, code: holder.cvr };
  return { client, trustPem, holder, organisation };
};

/** @throws UserError where there is nobody whom a call could be about */
export const firstCitizen = async (addressee: Addressee): Promise<FirstCitizen> => {
  const citizen = await addressee.firstCitizen();
  if (!citizen) throw new UserError('the Danish register has no citizens');
  return citizen;
};

export interface TlsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

const flatten = (headers: IncomingHttpHeaders): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );

/** Sends one request with the client's certificate; the server's is checked against the test PKI. */
export const sendOverTls = (
  address: string,
  { client, trustPem }: Pick<DanishClient, 'client' | 'trustPem'>,
  method: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<TlsAnswer> =>
  new Promise((resolve, reject) => {
    const { certificatePem: cert, keyPem: key } = client;
    const sent = request(address, { method, headers, cert, key, ca: trustPem }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: flatten(response.headers), body: text }),
      );
    });
    sent.on('error', (error) => reject(new UserError(`${address}: ${error.message}`)));
    sent.end(body);
  });
