// Calls over mutual TLS: the https address of an emulator, the client's identity, one request.

import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { danishIdentity } from '../../dfdg/caller.ts';
import { UserError } from '../../kernel/user-error.ts';
import { readPem } from '../../security/trust/certificate.ts';
import type { CallMaterial } from '../material.ts';
import { askEmulator } from '../remote.ts';
import type { CallOptions } from './target.ts';

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
  { material, url }: Pick<CallOptions, 'material' | 'url'>,
  name: string,
): Promise<DanishClient> => {
  const { client, trustPem } = await material(name);
  const [certificate] = readPem(client.certificatePem);
  // Certificates that will be refused are sent too: that they are is what the caller wants to see.
  const holder = (certificate && danishIdentity(certificate)) ?? NOBODY;
  const { organisations } = (await askEmulator(url, 'GET', '/organisations?country=dk')) as {
    organisations: { type: number; code: string; cvr: string }[];
  };
  const own = organisations.find(({ cvr }) => cvr === holder.cvr);
  // A stranger calls for the first organisation, STAR, which may use every service: that the stranger may not is what is tried.
  const organisation = own ?? organisations[0] ?? { type: 1, code: holder.cvr };
  return { client, trustPem, holder, organisation };
};

/** The https address that belongs to the http address of an emulator. */
export const tlsAddress = async (url: string): Promise<string> => {
  const { tlsUrl } = (await askEmulator(url, 'GET', '/info')) as { tlsUrl?: string };
  if (!tlsUrl) throw new UserError(`what answers at ${url} tells no https address`);
  return tlsUrl;
};

/** The first citizen of the register: a plain one, and the same one each time. */
export const firstCitizen = async (
  url: string,
): Promise<{ id: string; cvCustomerIdentifier: string | null }> => {
  const { persons } = (await askEmulator(url, 'GET', '/persons?country=dk&limit=1')) as {
    persons: { id: string; cvCustomerIdentifier: string | null }[];
  };
  const [citizen] = persons;
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
