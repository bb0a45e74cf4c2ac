// docs/persons.md is made from the seeds and the roster of certificates: DOCS=write npx mocha test/docs/persons.test.ts renews it.

import assert from 'node:assert/strict';
import { clientLeaves } from '../../src/pki/leaves.ts';
import { standardSeeds } from '../../src/seeds/content.ts';
import { assertMade, table } from './pages.ts';

const PAGE = 'docs/persons.md';
const FROM = 'persons.test.ts';
const { no, dk } = standardSeeds();
type NorwegianPerson = (typeof no.persons)[number];
type DanishCitizen = (typeof dk.citizens)[number];

const code = (value: string): string => `\`${value}\``;
const orNone = (parts: readonly string[]): string => (parts.length === 0 ? '–' : parts.join('<br>'));

const clients: Readonly<Record<string, string>> = {
  digipost: 'approved provider',
  eboks: 'approved provider',
  'digipost-seid2': 'the same as `digipost`, in the SEID v2 shape (2.5.4.97, RSA-3072)',
  fremmed: 'a good certificate of an organisation that is no approved provider',
  utloept: 'expired',
  tilbakekalt: 'revoked',
  selvsignert: 'self-signed, not trusted',
  star: 'Denmark, organisation of type 1, STAR (OCES 3)',
  akasse: 'Denmark, type 2, an a-kasse (OCES 3)',
  kommune: 'Denmark, type 7, a municipality (OCES 2)',
  jobcenter: 'Denmark, type 8, a job centre (OCES 3)',
  jobnet: 'Denmark, type 30, Jobnet (OCES 3)',
  fremmedcvr: 'Denmark: a good certificate that may act for nobody',
};

const channel = (word: string, content: { verdi: string } | undefined): string[] =>
  content ? [`${word} ${code(content.verdi)}`] : [];

const contactOf = ({ kontaktinformasjon = {} }: NorwegianPerson): string =>
  orNone([
    ...channel('mobile', kontaktinformasjon.mobiltelefonnummer),
    ...channel('e-mail', kontaktinformasjon.epostadresse),
  ]);

const NAMES = new Map(no.providers.map(({ orgnr, navn }) => [orgnr, navn]));
const mailboxesOf = ({ postkasser = [] }: NorwegianPerson): string =>
  orNone(
    postkasser.map(
      ({ leverandoer, adresse, aktiv }) =>
        `${NAMES.get(leverandoer) ?? leverandoer} ${aktiv ? 'active' : 'inactive'} ${code(adresse)}`,
    ),
  );

const KINDS = { 1: 'mobile', 2: 'landline', 3: 'e-mail' } as const;
const STATES = { 1: 'not verified', 2: 'verified', 3: 'invalid' } as const;
const contactDataOf = ({ kontaktdata = [] }: DanishCitizen): string =>
  orNone(
    kontaktdata.map(
      ({ type, value, status = 1 }) => `${KINDS[type as 1]} ${code(value)} ${STATES[status as 1]}`,
    ),
  );
const moreOf = ({ doed, tidligereId, huskeservice = [] }: DanishCitizen): string =>
  orNone([
    ...(doed ? ['dead'] : []),
    ...(tidligereId ? [`former number ${code(tidligereId)}`] : []),
    ...(huskeservice.length > 0 ? [`huskeservice ${huskeservice.join(', ')}`] : []),
  ]);

describe('docs/persons.md', () => {
  it('tells what each client of the test PKI is for', () => {
    const rows = clientLeaves.map(({ name, organisation }) => {
      assert.ok(clients[name], name);
      return [code(name), organisation, clients[name]];
    });
    assertMade(PAGE, 'clients', table(['client', 'organisation', 'what it is for'], rows), FROM);
  });

  it('tells who every seeded person is', () => {
    const rows = no.persons.map((person) => {
      const { id, who = '', status = 'AKTIV', slettetAarsak, reservert } = person;
      const state = [
        `${status}${slettetAarsak ? ` (${slettetAarsak})` : ''}`,
        ...(reservert ? ['reserved'] : []),
      ];
      return [code(id), who, state.join(', '), mailboxesOf(person), contactOf(person)];
    });
    const head = ['number', 'who', 'status', 'mailboxes', 'contact information'];
    assert.ok(rows.length >= 50);
    assertMade(PAGE, 'persons', table(head, rows), FROM);
  });

  it('tells who every seeded citizen is', () => {
    const rows = dk.citizens.map((citizen) => {
      const { id, who = '', cvCustomerIdentifier, kommune, akasse } = citizen;
      const cells = [cvCustomerIdentifier, kommune, akasse].map((cell) => cell ?? '–');
      return [code(id), who, ...cells, contactDataOf(citizen), moreOf(citizen)];
    });
    const head = ['CPR number', 'who', 'CV number', 'municipality', 'a-kasse', 'contact data', 'more'];
    assert.ok(rows.length >= 40);
    assertMade(PAGE, 'citizens', table(head, rows), FROM);
  });

  it('tells which organisations there are', () => {
    const rows = dk.organisations.map(({ type, code: short, cvr, name }) => [type, short, cvr, name]);
    assertMade(PAGE, 'organisations', table(['type', 'code', 'CVR', 'name'], rows), FROM);
    const providers = no.providers.map(({ orgnr, navn }) => [orgnr, navn]);
    assertMade(PAGE, 'providers', table(['organisation number', 'name'], providers), FROM);
  });
});
