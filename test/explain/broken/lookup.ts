// Messages to the lookup service that are signed well, and that its schemas do not allow.

import { NS } from '../../attacks/names.ts';
import type { VersionName } from '../../kontaktregister/oppslagstjeneste/calling.ts';
import type { Broken } from './ways.ts';

const SOAP: Readonly<Record<VersionName, string>> = { '16-02': NS.soap12, '14-05': NS.soap11 };

const requested = (name: string, content: string, version: VersionName, attributes = ''): Broken['make'] => {
  const uri = `http://kontaktinfo.difi.no/xsd/oppslagstjeneste/${version}`;
  const payload = `<o:${name}Forespoersel xmlns:o="${uri}"${attributes}>${content}</o:${name}Forespoersel>`;
  return ({ message }) => message({ soap: SOAP[version], payload });
};
const needs = (...all: readonly string[]): string =>
  all.map((need) => `<o:informasjonsbehov>${need}</o:informasjonsbehov>`).join('');
const person = '<o:personidentifikator>12838410985</o:personidentifikator>';
/** A request in the SOAP version of the other version's address. */
const misaddressed =
  (version: VersionName, soap: string): Broken['make'] =>
  ({ message }) =>
    requested(
      'HentPersoner',
      needs('Person') + person,
      version,
    )({ message: (knobs) => message({ ...knobs, soap }) } as Parameters<Broken['make']>[0]);
const changes = (attributes: string): Broken['make'] =>
  requested('HentEndringer', needs('Person'), '16-02', attributes);

export const lookups: readonly Broken[] = [
  {
    name: 'an informasjonsbehov misspelt',
    cause: 'value-invalid',
    make: requested('HentPersoner', needs('Person', 'KontaktInfo') + person, '16-02'),
  },
  {
    name: 'two values in one informasjonsbehov',
    cause: 'value-invalid',
    remedy:
      /an element for each value: <informasjonsbehov>Person<\/informasjonsbehov><informasjonsbehov>Kontaktinfo</,
    make: requested('HentPersoner', needs('Person,Kontaktinfo') + person, '16-02'),
  },
  {
    name: 'two persons in one personidentifikator',
    cause: 'value-invalid',
    remedy: /<personidentifikator>12838410985<\/personidentifikator><personidentifikator>18868703845</,
    make: requested(
      'HentPersoner',
      `${needs('Person')}<o:personidentifikator>12838410985; 18868703845</o:personidentifikator>`,
      '16-02',
    ),
  },
  {
    name: 'an informasjonsbehov of the later version',
    cause: 'value-invalid',
    make: requested('HentPersoner', needs('VarslingsStatus') + person, '14-05'),
  },
  {
    name: 'a request of the earlier version at the later address',
    cause: 'operation-unknown',
    remedy: /service oppslagstjeneste-14-05: send it to \/ws-v3/,
    service: 'oppslagstjeneste',
    make: misaddressed('14-05', NS.soap12),
  },
  {
    name: 'a request of the later version at the earlier address',
    cause: 'operation-unknown',
    remedy: /service oppslagstjeneste: send it to \/kontaktinfo-external\/ws-v5/,
    service: 'oppslagstjeneste-14-05',
    profile: '14-05',
    make: misaddressed('16-02', NS.soap11),
  },
  {
    name: 'a request of the earlier version, as its clients send it, at the later address',
    cause: 'operation-unknown',
    besides: ['soap-version'],
    remedy: /service oppslagstjeneste-14-05: send it to \/ws-v3/,
    service: 'oppslagstjeneste',
    make: misaddressed('14-05', NS.soap11),
  },
  {
    name: 'a request of the later version, as its clients send it, at the earlier address',
    cause: 'operation-unknown',
    besides: ['soap-version'],
    remedy: /service oppslagstjeneste: send it to \/kontaktinfo-external\/ws-v5/,
    service: 'oppslagstjeneste-14-05',
    profile: '14-05',
    make: misaddressed('16-02', NS.soap12),
  },
  {
    name: 'an operation misspelt',
    cause: 'operation-unknown',
    remedy: /^did you mean HentPersonerForespoersel\?/,
    service: 'oppslagstjeneste',
    make: requested('HentPerson', needs('Person') + person, '16-02'),
  },
  {
    name: 'nobody looked up',
    cause: 'element-missing',
    make: requested('HentPersoner', needs('Person'), '16-02'),
  },
  {
    name: 'a thousand and one persons looked up',
    cause: 'element-twice',
    make: requested('HentPersoner', needs('Person') + person.repeat(1001), '16-02'),
  },
  {
    name: 'a number of a change in words',
    cause: 'value-invalid',
    make: changes(' fraEndringsNummer="alt"'),
  },
  {
    name: 'a number of a change that xs:long does not hold',
    cause: 'value-invalid',
    make: changes(' fraEndringsNummer="9223372036854775808"'),
  },
  { name: 'changes since no number', cause: 'element-missing', make: changes('') },
];
