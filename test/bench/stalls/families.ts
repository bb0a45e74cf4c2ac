// The requests of strangers that cost most, by family: each fills what the caps leave it.

import { gzipSync } from 'node:zlib';
import { writeDanishRequest } from '../../../src/client/danish.ts';
import { reminder } from '../../../src/dfdg/soap/services.ts';
import { type Credentials, compose, usual } from '../../attacks/message.ts';
import { NS, URI } from '../../attacks/names.ts';

/** A request to one of the services. */
export interface Target {
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Family {
  readonly name: string;
  readonly targets: () => Target[];
}

const KIB = 1024;
const SOAP_BODY = 256 * KIB - 4 * KIB;
const JSON_BODY = 64 * KIB - KIB;

const fill = (unit: (place: number) => string, bytes: number, most = Number.POSITIVE_INFINITY): string => {
  const parts: string[] = [];
  let length = 0;
  for (let place = 0; place < most; place += 1) {
    const part = unit(place);
    length += part.length;
    if (length > bytes) break;
    parts.push(part);
  }
  return parts.join('');
};

const SERVICES = {
  postkasseleverandoer: {
    path: '/ws-postkasseleverandoer-v1',
    open: `<p:OpprettPostkasseForespoersel xmlns:p="${NS.m}">`,
    close: '</p:OpprettPostkasseForespoersel>',
  },
  reminder: {
    path: '/PjakTassWCFtService/1/PersonNotificationReminderService.svc',
    open: '<p:SavePersonContactDataRequest xmlns:p="http://service.bm.dk/PersonNotificationReminderService/2020/01/15/">',
    close: '</p:SavePersonContactDataRequest>',
  },
  jobnet: {
    path: '/PjakTassWCFtService/1/JobnetPersonNotificationReminderService.svc',
    open: '<p:SavePersonContactDataRequest xmlns:p="http://service.bm.dk/JobnetPersonNotificationReminderService/2020/01/15/">',
    close: '</p:SavePersonContactDataRequest>',
  },
} as const;

const XML = { 'content-type': 'text/xml; charset=utf-8' };
const JSON_TYPE = { 'content-type': 'application/json' };

type Place = 'header' | 'body';

const envelope = (place: Place, open: string, close: string, filling: string): string =>
  `<soap:Envelope xmlns:soap="${NS.soap11}"><soap:Header>${place === 'header' ? `<h>${filling}</h>` : ''}</soap:Header><soap:Body>${open}${place === 'body' ? filling : ''}${close}</soap:Body></soap:Envelope>`;

/** The filling inside the operation, and inside a header block. */
const soap = (
  name: string,
  filling: () => string,
  places: readonly Place[] = ['body', 'header'],
): Family => ({
  name,
  targets: () =>
    Object.entries(SERVICES).flatMap(([service, { path, open, close }]) =>
      places.map((place) => ({
        service: `${service}, ${place}:`,
        method: 'POST',
        path,
        headers: XML,
        body: Buffer.from(envelope(place, open, close, filling())),
      })),
    ),
});

/** The same bytes to every SOAP service. */
const bytes = (
  name: string,
  body: () => Buffer,
  headers: Readonly<Record<string, string>> = XML,
): Family => ({
  name,
  targets: () =>
    Object.entries(SERVICES).map(([service, { path }]) => ({
      service: `${service}:`,
      method: 'POST',
      path,
      headers,
      body: body(),
    })),
});

const signed = (name: string, stranger: Credentials, edit: (message: string) => string): Family => ({
  name,
  targets: () => [
    {
      service: 'postkasseleverandoer, signed:',
      method: 'POST',
      path: SERVICES.postkasseleverandoer.path,
      headers: XML,
      body: Buffer.from(
        edit(
          compose(
            usual(
              stranger,
              `${SERVICES.postkasseleverandoer.open}${SERVICES.postkasseleverandoer.close}`,
              Date.now(),
            ),
          ),
        ),
      ),
    },
  ],
});

const REST_PATHS = ['', '/verificering', '/verifikationskode', '/status'];
const rest = (
  name: string,
  body: () => string | Buffer,
  more: Readonly<Record<string, string>> = {},
): Family => ({
  name,
  targets: () =>
    REST_PATHS.map((path) => ({
      service: `rest${path}:`,
      method: 'POST',
      path: `/v1/kontaktinformation${path}`,
      headers: { ...JSON_TYPE, 'x-civilregistrationIdentifier': '1403455896', ...ACTOR, ...more },
      body: Buffer.from(body()),
    })),
});
const ACTOR = { 'x-active-organisation-type-identifier': '1', 'x-active-organisation-code': '90000016' };

const CONTROL = [
  ['PUT', '/clock'],
  ['POST', '/reset'],
  ['POST', '/reminders'],
  ['PUT', '/persons/no/12838410985'],
  ['PUT', '/persons/dk/1403455896'],
  ['PUT', '/organisations'],
  ['PUT', '/organisations?country=dk'],
] as const;
const control = (name: string, body: () => string): Family => ({
  name,
  targets: () =>
    CONTROL.map(([method, path]) => ({
      service: `control ${method} ${path}:`,
      method,
      path: `/_emulator${path}`,
      headers: JSON_TYPE,
      body: Buffer.from(body()),
    })),
});
const jsons = (name: string, body: () => string): Family[] => [rest(name, body), control(name, body)];

const levels = (depth: number, inside: string, tag = 'd'): string =>
  `<${tag}>`.repeat(depth) + inside + `</${tag}>`.repeat(depth);
const attributes = (count: number, name: (place: number) => string): string =>
  Array.from({ length: count }, (_, place) => ` ${name(place)}=""`).join('');

/** A valid call of the reminder service with as many rows as are let through: under `none` nobody needs a key for it. */
const rows = (name: string, type: number, value: (place: number) => string): Family => ({
  name,
  targets: () => {
    const operation = reminder.operations.find(({ name: own }) => own === 'SavePersonContactData');
    if (!operation) throw new Error('no SavePersonContactData');
    const actor = {
      organisationType: '1',
      organisationCode: '90000016',
      userType: '3',
      userIdentifier: 'CVR:90000016-UUID:7e570000-0000-4000-8000-000000000016',
    };
    const values = { ...operation.examples[0], PersonCivilRegistrationIdentifier: '1403455896' };
    const message = writeDanishRequest(reminder, operation, values, actor, Date.now());
    const own = SERVICES.reminder.open.match(/"(.*)"/)?.[1] ?? '';
    const item = 'c:CodeListItemIdentifier';
    const list = fill(
      (place) =>
        `<D><D>${value(place)}</D><T><${item}>${type}</${item}></T></D>`
          .replaceAll('D>', 'PersonContactData>')
          .replaceAll('T>', 'PersonContactDataTypeIdentifier>'),
      SOAP_BODY - 4 * KIB,
      2_450,
    );
    const body = message.replace(
      /<(\w+:)?PersonContactDataCollection[^>]*>.*<\/(?:\w+:)?PersonContactDataCollection>/s,
      `<PersonContactDataCollection xmlns="${own}" xmlns:c="http://service.bm.dk/pjaktass/2013/06/07/CodeListBase/">${list}</PersonContactDataCollection>`,
    );
    return [
      {
        service: 'reminder, with its headers:',
        method: 'POST',
        path: SERVICES.reminder.path,
        headers: XML,
        body: Buffer.from(body),
      },
    ];
  },
});

const markup = (): Family[] => [
  soap('nothing', () => ''),
  soap('comments', () => fill(() => '<!---->', SOAP_BODY)),
  soap('comments, as many as are let through', () => fill(() => '<!---->', SOAP_BODY, 1900)),
  soap('elements', () => fill(() => '<e/>', SOAP_BODY, 9_900)),
  soap('elements, too many', () => fill(() => '<e/>', SOAP_BODY)),
  soap('elements in a namespace', () => `<n xmlns="urn:n">${fill(() => '<e/>', SOAP_BODY, 9_900)}</n>`),
  soap('elements with a prefix each', () => fill((n) => `<a${n}:e xmlns:a${n}="u"/>`, SOAP_BODY, 9_900)),
  soap('elements 55 deep', () =>
    levels(
      55,
      fill(() => '<e/>', SOAP_BODY, 9_800),
    ),
  ),
  rows('one e-mail address, again and again', 3, () => 'a@b.dk'),
  rows('e-mail addresses that differ', 3, (place) => `a${place}@b.dk`),
  rows('one mobile number, again and again', 1, () => '20123456'),
  rows('mobile numbers that differ', 1, (place) => `20${100_000 + place}`),
  rows('foreign numbers that differ', 1, (place) => `+47${40_000_000 + place}`),
  soap('towers of 50', () => fill(() => levels(50, ''), SOAP_BODY, 190)),
  soap('attributes, 250 an element', () =>
    fill(() => `<e${attributes(250, (n) => `a${n}`)}/>`, SOAP_BODY, 39),
  ),
  soap('attributes, one an element', () => fill(() => '<e a=""/>', SOAP_BODY, 9_000)),
  soap(
    'attributes with prefixes',
    () =>
      `<n${Array.from({ length: 200 }, (_, n) => ` xmlns:p${n}="u${n}"`).join('')}>${fill(() => `<e${attributes(200, (n) => `p${n}:a`)}/>`, SOAP_BODY, 48)}</n>`,
  ),
  soap('namespaces, 250 an element', () =>
    fill(() => `<e${attributes(250, (n) => `xmlns:a${n}`).replaceAll('""', '"u"')}/>`, SOAP_BODY, 30),
  ),
  soap('CDATA sections', () => fill(() => '<![CDATA[]]>', SOAP_BODY)),
  soap('CDATA sections, as many as are let through', () => fill(() => '<![CDATA[x]]>', SOAP_BODY, 1900)),
  soap('texts between elements', () => fill(() => 'x<e/>', SOAP_BODY, 9_900)),
  soap('texts between comments', () => fill(() => 'x<!---->', SOAP_BODY, 1900)),
  soap('character references', () => fill(() => '&#65;', 120 * KIB)),
  soap('entities', () => fill(() => '&amp;', 120 * KIB)),
  soap('one text', () => 'x'.repeat(120 * KIB)),
  soap('a text of three-byte characters', () => '€'.repeat(40 * KIB)),
  soap('Ids, many', () => fill((n) => `<e Id="a${n}"/>`, SOAP_BODY, 9_900)),
  soap('long names', () => fill((n) => `<e${'n'.repeat(1000)}${n}/>`, SOAP_BODY)),
  soap('names that differ', () => fill((n) => `<e${n}/>`, SOAP_BODY, 9_900)),
  soap('header blocks', () => `</h>${fill((n) => `<h${n}/>`, SOAP_BODY, 9_900)}<h>`, ['header']),
  soap('closing tags that are none', () => fill(() => '</e>', SOAP_BODY)),
  soap('starts that end nowhere', () => fill(() => '<', SOAP_BODY)),
  soap('quotes that end nowhere', () => fill(() => '<e a="', SOAP_BODY)),
  soap('an element of much white space', () => `<e${' '.repeat(SOAP_BODY)}/>`),
  soap('equals signs', () => `<e ${'a='.repeat(SOAP_BODY / 2)}/>`),
  soap(
    'children of the Envelope',
    () => `</p></soap:Body>${fill(() => '<e/>', SOAP_BODY, 9_900)}<soap:Body><p>`,
    ['body'],
  ),
];

const encodings = (): Family[] => {
  const { open, close } = SERVICES.reminder;
  const elements = (): string =>
    envelope(
      'body',
      open,
      close,
      fill(() => '<e/>', SOAP_BODY / 2, 9_900),
    );
  return [
    bytes('UTF-16', () => Buffer.from(`\ufeff${elements()}`, 'utf16le'), { 'content-type': 'text/xml' }),
    bytes('UTF-16, big-endian', () => Buffer.from(`\ufeff${elements()}`, 'utf16le').swap16(), {
      'content-type': 'text/xml',
    }),
    bytes('gzip of elements', () => gzipSync(elements()), { ...XML, 'content-encoding': 'gzip' }),
    bytes('gzip of nothing much', () => gzipSync(Buffer.alloc(64 * KIB * KIB)), {
      ...XML,
      'content-encoding': 'gzip',
    }),
    bytes('gzip of comments', () => gzipSync(envelope('body', open, close, '<!---->'.repeat(36_000))), {
      ...XML,
      'content-encoding': 'gzip',
    }),
    bytes('5 MB', () => Buffer.alloc(5_000_000, 'x')),
    bytes('5 MB of comments', () => Buffer.from(envelope('body', open, close, '<!---->'.repeat(700_000)))),
    bytes('white space', () => Buffer.alloc(SOAP_BODY, ' ')),
    bytes('a form', () => Buffer.alloc(SOAP_BODY, 'xml=%3C'), {
      'content-type': 'application/x-www-form-urlencoded',
    }),
    bytes('a media type of 12 KB', () => Buffer.from('<a/>'), {
      'content-type': `text/xml${'; a=b'.repeat(2_400)}`,
    }),
  ];
};

const signatures = (stranger: Credentials): Family[] => {
  const inHeader = (filling: string) => (message: string) =>
    message.replace('</soap:Header>', `<w>${filling}</w></soap:Header>`);
  return [
    signed('nothing', stranger, (message) => message),
    signed(
      'Ids, one attribute',
      stranger,
      inHeader(fill((n) => `<e Id="a${n}"/>`, SOAP_BODY - 8 * KIB, 9_800)),
    ),
    signed(
      'Ids, three attributes',
      stranger,
      inHeader(fill((n) => `<e Id="a${n}" ID="b${n}" xml:id="c${n}"/>`, SOAP_BODY - 8 * KIB, 3_300)),
    ),
    signed('Ids, 250', stranger, inHeader(fill((n) => `<e Id="a${n}"/>`, SOAP_BODY, 250))),
    signed('a PrefixList', stranger, (message) =>
      message.replace(
        /<ds:CanonicalizationMethod[^>]*>/,
        (found) =>
          `${found}<ec:InclusiveNamespaces xmlns:ec="${NS.ec}" PrefixList="${fill((n) => `p${n} `, 120 * KIB)}"/>`,
      ),
    ),
    signed('elements in DigestValue', stranger, (message) =>
      message.replace('<ds:DigestValue>', `<ds:DigestValue>${fill(() => '<e/>', SOAP_BODY, 9_800)}`),
    ),
    signed('a digest', stranger, (message) =>
      message.replace('<ds:DigestValue>', `<ds:DigestValue>${'A'.repeat(120 * KIB)}`),
    ),
    signed('a token of white space', stranger, (message) =>
      message.replace('</wsse:BinarySecurityToken>', `${' '.repeat(120 * KIB)}</wsse:BinarySecurityToken>`),
    ),
    signed('a token of noise', stranger, (message) =>
      message.replace(
        /(<wsse:BinarySecurityToken[^>]*>)[^<]*/,
        (_, open: string) => `${open}${Buffer.alloc(90 * KIB, 0x30).toString('base64')}`,
      ),
    ),
    signed('many children of Security', stranger, (message) =>
      message.replace(
        '<wsse:BinarySecurityToken',
        `${fill(() => '<wsu:Timestamp/>', SOAP_BODY - 8 * KIB, 9_800)}<wsse:BinarySecurityToken`,
      ),
    ),
    signed('an algorithm', stranger, (message) => message.replace(URI.rsaSha256, 'a'.repeat(120 * KIB))),
  ];
};

const texts = (): Family[] => [
  ...jsons('nothing', () => '{}'),
  ...jsons('empty objects', () => `[${fill(() => '{},', JSON_BODY)}{}]`),
  ...jsons('zeros', () => `[${fill(() => '0,', JSON_BODY)}0]`),
  ...jsons('deep lists', () => '['.repeat(JSON_BODY)),
  ...jsons('deep lists that end', () => '['.repeat(JSON_BODY / 2) + ']'.repeat(JSON_BODY / 2)),
  ...jsons('deep objects', () => `${'{"a":'.repeat(JSON_BODY / 6)}0${'}'.repeat(JSON_BODY / 6)}`),
  ...jsons('unknown members', () => `{${fill((n) => `"m${n}":0,`, JSON_BODY)}"m":0}`),
  ...jsons('a text', () => `"${'x'.repeat(JSON_BODY)}"`),
  rest('rows', () => `[${fill(() => '{"kontaktdataType":1,"kontaktdata":"20123456"},', JSON_BODY)}{}]`),
  rest(
    'rows inside',
    () => `{"kontaktinformationer":{"kontaktinformation":[${fill(() => '{},', JSON_BODY)}{}]}}`,
  ),
  rest('rows of unknown members', () => `[${fill((n) => `{"m${n}":0},`, JSON_BODY)}{}]`),
  rest('a long value', () => `[{"kontaktdataType":3,"kontaktdata":"${'a'.repeat(60_000)}@b.dk"}]`),
  rest('a long number', () => `[{"kontaktdataType":1,"kontaktdata":"${'2'.repeat(60_000)}"}]`),
  rest('a long code', () => `{"kontaktdataType":1,"verifikationskode":"${'2'.repeat(60_000)}"}`),
  rest('gzip', () => gzipSync(`[${fill(() => '0,', 5_000_000)}0]`), { 'content-encoding': 'gzip' }),
  rest('1 MB of empty objects', () => `[${fill(() => '{},', 1_000_000)}{}]`),
  rest('5 MB of zeros', () => `[${fill(() => '0,', 5_000_000)}0]`),
  control('mailboxes', () => `{"postkasser":[${fill(() => '{},', JSON_BODY)}{}]}`),
  control('contact data', () => `{"kontaktdata":[${fill(() => '{},', JSON_BODY)}{}]}`),
  control('subscriptions', () => `{"huskeservice":[${fill(() => '0,', JSON_BODY)}0]}`),
  control('providers', () => `{"providers":[${fill(() => '0,', JSON_BODY)}0]}`),
  control('organisations', () => `{"organisations":[${fill(() => '{},', JSON_BODY)}{}],"relations":[0]}`),
  control('950 KB of zeros', () => `[${fill(() => '0,', 950_000)}0]`),
];

/** @param stranger a key that nobody trusts */
export const families = (stranger: Credentials): Family[] => [
  ...markup(),
  ...encodings(),
  ...signatures(stranger),
  ...texts(),
];
