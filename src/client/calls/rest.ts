// A call of the Danish REST service: JSON, over mutual TLS.

import { randomUUID } from 'node:crypto';
import type { RestRoute } from '../../dfdg/rest/route.ts';
import { restRoutes } from '../../dfdg/rest/routes.ts';
import { brief } from '../../kernel/brief.ts';
import { meantBy } from '../../kernel/nearest.ts';
import { ConfigurationError } from '../../kernel/user-error.ts';
import { readJson } from './json.ts';
import { mistakenBy } from './mistaken.ts';
import type { PreparedCall, Received } from './prepared.ts';
import { type CallOptions, operationNamed, readFields, type Values } from './target.ts';
import { firstCitizen, loadDanishClient, sendOverTls } from './tls.ts';

const CITIZEN = 'x-civilregistrationIdentifier';

/** The fields of each method as a caller names them, with the values of an example. */
const EXAMPLES: Readonly<Record<string, Values>> = {
  CreateKontaktinformation: { kontaktdata: 'borger@example.dk', kontaktdataType: '3' },
  UpdateVerificerKontaktinformation: { verifikationskode: '123456', kontaktdataType: '3' },
  GetVerifikationskode: { kontaktdataType: '3' },
  UpdateKontaktinformation: { kontaktdataType: '3', kontaktdatastatus: '3' },
  GetKontaktinformation: {},
  GetKontaktinformationMobilNr: { mobiltelefon: '34412304' },
  GetKontaktinformationEmail: { email: 'alma.alt@example.dk' },
};

const NUMBERS = ['kontaktdataType', 'kontaktdatastatus'];

const bodyOf = ({ name, body }: RestRoute, values: Values): string => {
  if (!body) return '';
  const members = Object.entries(values)
    .filter(([field]) => field !== CITIZEN)
    .map(([field, value]) => [field, NUMBERS.includes(field) ? Number(value) : value]);
  const content: unknown = Object.fromEntries(members);
  return JSON.stringify(
    name === 'CreateKontaktinformation'
      ? { kontaktinformationer: { kontaktinformation: [content] } }
      : content,
  );
};

const unescaped = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** The values in an address that fits the path of a route; undefined: it does not. */
const parametersIn = (address: string, path: string): Values | undefined => {
  const given = address.split('/');
  const parts = path.split('/');
  const values: Record<string, string> = {};
  const fits = parts.every((part, index) => {
    const one = given[index] ?? '';
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined || one === part) return one === part;
    values[name] = unescaped(one);
    return one !== '';
  });
  return fits && given.length === parts.length ? values : undefined;
};

/** A route by its name, or by method and path, where the path may hold values already. */
const routeCalled = (called: string): { route: RestRoute; parameters: Values } => {
  const [, method = '', address = ''] = /^([A-Za-z]+) +(\/\S*)$/.exec(called) ?? [];
  if (address === '') return { route: operationNamed('rest', restRoutes, called), parameters: {} };
  for (const route of restRoutes) {
    const parameters = parametersIn(address, route.path);
    if (parameters && route.method === method.toUpperCase()) return { route, parameters };
  }
  const known = restRoutes.map((route) => `${route.method} ${route.path}`);
  throw new ConfigurationError(`rest has no ${brief(called)}; ${meantBy(called, known)}`);
};

export const callRest = async (called: string, options: CallOptions): Promise<PreparedCall> => {
  const { route, parameters } = routeCalled(called);
  const { name } = route;
  const example = EXAMPLES[name] ?? {};
  const fields = [...(route.citizen ? [CITIZEN] : []), ...Object.keys(example)];
  const given = readFields(options.set, name, fields);
  const mistaken = mistakenBy(options.mistakes, 'rest');
  const danish = await loadDanishClient(options.addressee, mistaken.as ?? options.as ?? 'jobcenter');
  const values: Values = {
    ...(route.citizen ? { [CITIZEN]: (await firstCitizen(options.addressee)).id } : {}),
    ...example,
    ...parameters,
    ...given,
  };
  const path = route.path.replace(/\{([^}]+)\}/g, (_, field: string) =>
    encodeURIComponent(values[field] ?? ''),
  );
  const address = `${await options.addressee.tlsUrl()}${path}`;
  const body = bodyOf(route, values);
  const headers: Record<string, string> = {
    'x-requestId': randomUUID(),
    ...(body === '' ? {} : { 'content-type': 'application/json' }),
    ...(route.citizen ? { [CITIZEN]: values[CITIZEN] ?? '' } : {}),
  };
  const lines = [
    `${route.method} ${path}`,
    ...Object.entries(headers).map(([key, value]) => `${key}: ${value}`),
    '',
    body,
  ];
  const send = async (): Promise<Received> => {
    if (mistaken.twice) await sendOverTls(address, danish, route.method, headers, body);
    const received = await sendOverTls(address, danish, route.method, headers, body);
    return { ...received, answer: readJson(received.status, received.body), protection: 'over mutual TLS' };
  };
  return {
    title: `${name} (${route.method} ${address}) as ${danish.client.name}`,
    values,
    request: lines.join('\n'),
    send,
  };
};
