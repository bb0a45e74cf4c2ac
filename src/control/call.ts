// A call of the emulator from inside its own process: what `kontakt call` does, without asking it anything over the network.

import { createPrivateKey } from 'node:crypto';
import type { Addressee, FirstCitizen } from '../client/calls/addressee.ts';
import { isAccepted, prepareCall } from '../client/calls/calls.ts';
import type { CallOptions } from '../client/calls/target.ts';
import type { CallMaterial } from '../client/material.ts';
import { isProblem } from '../kernel/problem.ts';
import { readPem } from '../security/trust/certificate.ts';
import type { AnyCountries, Control } from './control.ts';
import { ControlError } from './problem.ts';

/** A running emulator, as far as a call needs it. */
export interface Callable {
  readonly url: string;
  readonly tlsUrl: string;
  readonly control: Control;
}

/** A certificate and its key in PEM, in place of a client of the PKI. */
export interface Pasted {
  readonly certificate: string;
  readonly key: string;
}

/** How a call is made: what is undefined is as usual. */
type How = { readonly [Name in keyof CallOptions]?: CallOptions[Name] | undefined };

const first = async (countries: AnyCountries, country: string): Promise<unknown> => {
  const pages = await countries[country]?.persons.list({ limit: 1 });
  for await (const [person] of pages ?? []) return person;
  return undefined;
};

const readPasted = ({ certificate, key }: Pasted): CallMaterial['client'] => {
  if (readPem(certificate).length === 0)
    throw new ControlError(400, 'certificate: expected a certificate in PEM (-----BEGIN CERTIFICATE-----)');
  try {
    createPrivateKey(key);
  } catch {
    throw new ControlError(400, 'key: expected a private key in PEM without a password');
  }
  return { name: 'the pasted certificate', certificatePem: certificate, keyPem: key };
};

const addresseeIn = ({ url, tlsUrl, control }: Callable, pasted?: Pasted): Addressee => {
  const { certificates, countries } = control;
  const own = pasted && readPasted(pasted);
  return {
    url,
    tlsUrl: async () => tlsUrl,
    material: async (name) => {
      const { client, file, trust } = certificates;
      const [serverPem, ...crls] = await Promise.all(['server.pem', 'root.crl', 'issuing.crl'].map(file));
      return {
        ...{ client: own ?? (await client(name)), trustPem: await trust(), crls },
        serverPem: String(serverPem),
      };
    },
    // What the switches tell is JSON; the countries have written it in these forms.
    firstPerson: async () => (await first(countries, 'no')) as { id: string } | undefined,
    firstCitizen: async () => (await first(countries, 'dk')) as FirstCitizen | undefined,
    organisations: async () =>
      ((await countries.dk?.organisations.list()) as { organisations?: [] } | undefined)?.organisations ?? [],
  };
};

/** Only what was given. */
const given = <Options extends object>(options: Options) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Options]?: Exclude<Options[Name], undefined>;
  };

const prepared = (emulator: Callable, target: string, { set = {}, ...options }: How, pasted?: Pasted) =>
  prepareCall(target, { ...given(options), set, addressee: addresseeIn(emulator, pasted) });

/**
 * Makes a call ready, and sends nothing.
 *
 * @throws (rejects) ConfigurationError naming the services, operations, fields, clients or mistakes that there are
 */
export const readyCall = async (emulator: Callable, target: string, how: How, pasted?: Pasted) => {
  const { title, values, request } = await prepared(emulator, target, how, pasted);
  return { title, values, request };
};

/** @throws (rejects) ConfigurationError as `readyCall` */
export const makeCall = async (emulator: Callable, target: string, how: How, pasted?: Pasted) => {
  const { send, request } = await prepared(emulator, target, how, pasted);
  const received = await send();
  const { status, headers, body, answer, protection } = received;
  const id = headers['kontakt-journal'];
  return {
    accepted: isAccepted(received),
    httpStatus: status,
    protection,
    fields: isProblem(answer) ? [] : answer.fields,
    ...(isProblem(answer) ? { unbelievable: answer.explanation } : {}),
    exchange: id === undefined ? undefined : await emulator.control.journal.find(id, false),
    request,
    response: body,
  };
};
