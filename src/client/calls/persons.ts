// A call of the Norwegian REST service: JSON, with a token of the form that the service asks for.

import { UserError } from '../../kernel/user-error.ts';
import { routes } from '../../kontaktregister/rest/routes.ts';
import { readPem } from '../../security/trust/certificate.ts';
import { readJson } from './json.ts';
import { mistakenBy } from './mistaken.ts';
import type { PreparedCall, Received } from './prepared.ts';
import { type CallOptions, operationNamed, readFields, type Values } from './target.ts';

const PERSONS = 'personidentifikatorer';

const encoded = (part: object | string): string =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');

/** A token as Maskinporten’s are, that nobody has signed. */
const tokenOf = (scope: string, organisation: string | undefined): string =>
  [
    encoded({ alg: 'RS256', typ: 'JWT' }),
    encoded({
      scope,
      ...(organisation === undefined
        ? {}
        : { consumer: { authority: 'iso6523-actorid-upis', ID: `0192:${organisation}` } }),
    }),
    encoded('not signed'),
  ].join('.');

export const callPersons = async (name: string, options: CallOptions): Promise<PreparedCall> => {
  const { addressee, as = 'digipost', dryRun } = options;
  const route = operationNamed('krr', routes, name);
  mistakenBy(options.mistakes, 'token');
  const given = readFields(options.set, name, [PERSONS]);
  const { client } = await addressee.material(as);
  const first = given[PERSONS] === undefined && !dryRun ? await addressee.firstPerson() : undefined;
  const values: Values = { [PERSONS]: first?.id ?? '12838410985', ...given };
  const numbers = (values[PERSONS] ?? '').split(/\s+/).filter((one) => one !== '');
  const body = JSON.stringify({ [PERSONS]: numbers });
  const address = `${addressee.url}${route.path}`;
  const organisation = readPem(client.certificatePem)[0]?.organisation?.number;
  const headers = {
    authorization: `Bearer ${tokenOf(route.scope, organisation)}`,
    'content-type': 'application/json',
  };
  const send = async (): Promise<Received> => {
    const response = await fetch(address, { method: route.method, headers, body }).catch(() => {
      throw new UserError(
        `nothing answers at ${address}; start an emulator with kontakt serve, or name another with --url`,
      );
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: text,
      answer: readJson(response.status, text),
      protection: 'with a token that is not signed',
    };
  };
  const lines = Object.entries(headers).map(([key, value]) => `${key}: ${value}`);
  return {
    title: `${name} (${route.method} ${address}) as ${client.name}`,
    values,
    request: [`${route.method} ${route.path}`, ...lines, '', body].join('\n'),
    send,
  };
};
