// What a refusal went by, in words.

import type { Ground } from '../../kernel/grounds.ts';
import { type DanishOrganisations, organisationTypes, userTypes } from '../register/organisations.ts';

const TYPES: Readonly<Record<string, string>> = { 1: 'mobile', 2: 'landline', 3: 'e-mail' };
const STATUSES: Readonly<Record<string, string>> = {
  1: '1 (not verified)',
  2: '2 (verified)',
  3: '3 (invalid)',
  none: 'none',
};
const HOMES: Readonly<Record<string, string>> = { 2: 'a-kasse', 7: 'kommune', 8: 'jobcenter' };

const typeOf = (of: string): string => TYPES[of] ?? `type ${of}`;

const organisationOf = (type = '', code = '', { organisations }: DanishOrganisations): string => {
  const name = organisations.find(
    (one) => String(one.type) === type && (one.code === code || one.cvr === code),
  )?.name;
  const kind = organisationTypes[Number(type)] ?? `type ${type}`;
  return `${kind} ${code}${name ? ` (${name})` : ''}`;
};

const tried = (what: string, of: string, is: string): string => {
  const [, count = '', times = ''] = /^(.* s)((?: \S+)*)$/.exec(is) ?? [];
  return `${what} for ${typeOf(of)}: ${count}${times === '' ? '' : `, at${times}`}`;
};

type Say = (of: string, is: string, lists: DanishOrganisations) => string;

const SAYINGS: Readonly<Record<string, Say>> = {
  citizen: (_of, is) => (is === 'none' ? 'no such citizen in the register' : `the citizen is ${is}`),
  number: (of, is) => `${of} is ${is === 'none' ? 'no number of the citizen' : `the citizen’s ${is} number`}`,
  home: (of, is) =>
    is === 'none'
      ? `the citizen has no ${HOMES[of] ?? 'organisation'}`
      : `the citizen’s ${HOMES[of] ?? 'organisation'} is ${is}`,
  subscriptions: (_of, is) => `subscriptions to the huskeservice: ${is}`,
  data: (of, is) => (is === 'none' ? `no ${typeOf(of)} is registered` : `${typeOf(of)} is registered`),
  status: (of, is) => `status of ${typeOf(of)}: ${STATUSES[is] ?? is}`,
  code: (of, is) =>
    is === 'none'
      ? `no code for ${typeOf(of)} is waiting`
      : `a code for ${typeOf(of)}, to be used before ${is}`,
  given: (_of, is) => `the code that the call gives: ${is}`,
  wrong: (of, is) => tried('wrong codes', of, is),
  sent: (of, is) => tried('codes that were sent', of, is),
  asked: (_of, is) => `the call asks for ${typeOf(is)}`,
  acting: (of, is, lists) => `the call is made for ${organisationOf(of, is, lists)}`,
  named: (of, is, lists) => `the call names ${organisationOf(of, is, lists)}`,
  user: (of, is) => `the user is ${is}, ${userTypes[Number(of)] ?? `type ${of}`}`,
  organisation: (of, is, lists) => {
    const [type, code] = of.split(' ');
    return `${organisationOf(type, code, lists)}: ${is === 'none' ? 'no such organisation' : 'an organisation that is known'}`;
  },
  'organisation of': (of, is) =>
    is === 'none' ? `no organisation has the CVR number ${of}` : `an organisation has the CVR number ${of}`,
  relation: (of, is, lists) => {
    const [cvr, type, code] = of.split(' ');
    return `CVR ${cvr} may ${is === 'none' ? 'not ' : ''}act for ${organisationOf(type, code, lists)}`;
  },
  holder: (_of, is) => `the certificate is of CVR ${is}`,
  certificate: (of, is) => (of === '' ? `client certificate: ${is}` : `${of}, ${is}`),
  authorities: (_of, is) => `the TLS handshake of the https address asks for a certificate of: ${is}`,
  'request id': (_of, is) => `the request id ${is} was used`,
};

export const sayWith =
  (lists: DanishOrganisations) =>
  ({ part, of = '', is }: Ground): string =>
    SAYINGS[part]?.(of, is, lists) ?? `${part} ${of}: ${is}`;
