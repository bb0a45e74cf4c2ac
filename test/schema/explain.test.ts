// A message against its schema is told in plain words: what may stand there, what was found, what to change.

import assert from 'node:assert/strict';
import { writeDanishRequest } from '../../src/client/danish.ts';
import { writeRequest } from '../../src/client/request.ts';
import { createHeaderReader } from '../../src/dfdg/soap/headers.ts';
import { jobnet, reminder } from '../../src/dfdg/soap/services.ts';
import { isProblem } from '../../src/kernel/problem.ts';
import { postkasseleverandoer } from '../../src/kontaktregister/postkasseleverandoer/service.ts';
import { schemasOf } from '../../src/schema/validate.ts';
import { readEnvelope } from '../../src/soap/envelope.ts';
import { SOAP_1_1 } from '../../src/soap/version.ts';
import { parse } from '../../src/xml/parse.ts';

const MAILBOX = 'http://kontaktinfo.difi.no/xsd/postkasseleverandoer/v1';
const REMINDER = 'http://service.bm.dk/PersonNotificationReminderService/2020/01/15/';
const CODES = 'http://service.bm.dk/pjaktass/2013/06/07/CodeListBase/';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

interface Words {
  readonly expected: string;
  readonly found: string;
  readonly remedy: string;
}

const services = { postkasseleverandoer, reminder, jobnet };
const validators = {
  postkasseleverandoer: schemasOf(postkasseleverandoer),
  reminder: schemasOf(reminder),
  jobnet: schemasOf(jobnet),
};

/** What a payload is told, undefined when it is valid. */
const judge = (service: keyof typeof services, payload: string): Words | undefined => {
  const document = parse(Buffer.from(payload));
  assert.ok(!isProblem(document), payload);
  using _tree = document;
  return validators[service].validate(document.root)?.explanation;
};

const assertTold = (words: Words | undefined, expected: RegExp, found: RegExp, remedy: RegExp): void => {
  assert.ok(words, 'the schema allows it');
  assert.match(words.expected, expected);
  assert.match(words.found, found);
  assert.match(words.remedy, remedy);
};

const field = (name: string, value: string): string => `<m:${name}>${value}</m:${name}>`;
const PERSON = field('personidentifikator', '12838410985');
const PROVIDER = field('postkasseleverandoerOrgNummer', '984661185');
const ADDRESS = field('postkasseadresse', 'ola.nordmann#1');
const mailbox = (content: string, attributes = ''): string =>
  `<m:OpprettPostkasseForespoersel xmlns:m="${MAILBOX}" xmlns:xsi="${XSI}"${attributes}>${content}</m:OpprettPostkasseForespoersel>`;

const TYPE =
  '<m:PersonContactDataTypeIdentifier><c:CodeListItemIdentifier>3</c:CodeListItemIdentifier></m:PersonContactDataTypeIdentifier>';
const CITIZEN = field('PersonCivilRegistrationIdentifier', '1403455896');
const row = (content: string): string => field('PersonContactData', content);
const save = (content: string): string =>
  `<m:SavePersonContactDataRequest xmlns:m="${REMINDER}" xmlns:c="${CODES}" xmlns:xsi="${XSI}">${content}</m:SavePersonContactDataRequest>`;
const saveRow = (content: string): string =>
  save(CITIZEN + field('PersonContactDataCollection', row(content)));

type Case = readonly [what: string, service: keyof typeof services, payload: string, ...RegExp[]];
const NO = 'postkasseleverandoer';
const long = 'x'.repeat(600);

const cases: readonly Case[] = [
  [
    'a value that is too long',
    NO,
    mailbox(PERSON + PROVIDER + field('postkasseadresse', long)),
    /^postkasseadresse: text of 8 to 100 characters, type \{http:\/\/begrep\.difi\.no\}postkasseadresse$/,
    /^"x{60}…" \(600 characters\)/,
    /^shorten postkasseadresse to 100 characters$/,
  ],
  [
    'a value that is too short',
    NO,
    mailbox(PERSON + PROVIDER + field('postkasseadresse', 'ola')),
    /8 to 100 characters/,
    /^"ola" \(3 characters\)/,
    /with 8 to 100 characters/,
  ],
  [
    'a value of another length',
    NO,
    mailbox(field('personidentifikator', '1283841098') + PROVIDER + ADDRESS),
    /text of 11 characters/,
    /\(10 characters\)/,
    /send personidentifikator with 11 characters/,
  ],
  [
    'line breaks around a value',
    NO,
    mailbox(field('personidentifikator', '\n  12838410985\n') + PROVIDER + ADDRESS),
    /text of 11 characters/,
    /"\\n {2}12838410985\\n" \(15 characters\)/,
    /blanks and line breaks around it count/,
  ],
  [
    'an empty value',
    NO,
    mailbox(PERSON + PROVIDER + field('postkasseadresse', '')),
    /8 to 100 characters/,
    /^"" \(0 characters\)/,
    /an empty one is not left out/,
  ],
  [
    'a wrong capital',
    NO,
    mailbox(PERSON + PROVIDER + field('postkasseAdresse', 'ola.nordmann#1')),
    /^postkasseadresse here/,
    /postkasseAdresse/,
    /^the name on the wire is postkasseadresse,/,
  ],
  [
    'a name two letters away',
    NO,
    mailbox(field('personIdentifikator', '12838410985').replaceAll('kator', 'cator') + PROVIDER + ADDRESS),
    /^personidentifikator here/,
    /personIdentificator/,
    /^the name on the wire is personidentifikator,/,
  ],
  [
    'an element more, where more may follow',
    NO,
    mailbox(`${PERSON}${PROVIDER}${ADDRESS}<m:merknad/>`),
    /^x509Sertifikat or the end of OpprettPostkasseForespoersel here/,
    /merknad/,
    /^leave merknad out/,
  ],
  [
    'an element more, at the end',
    NO,
    mailbox(`${PERSON}${PROVIDER}${ADDRESS}${field('x509Sertifikat', 'AAAA')}<m:merknad/>`),
    /^the end of OpprettPostkasseForespoersel here/,
    /merknad/,
    /^leave merknad out/,
  ],
  [
    'elements in another order',
    NO,
    mailbox(PROVIDER + PERSON + ADDRESS),
    /^personidentifikator here; .* holds personidentifikator, postkasseleverandoerOrgNummer, postkasseadresse, x509Sertifikat \(may be left out\)/,
    /^postkasseleverandoerOrgNummer, with personidentifikator after it/,
    /the element is right, its place is not: put personidentifikator before/,
  ],
  [
    'an optional element too early',
    NO,
    mailbox(PERSON + PROVIDER + field('x509Sertifikat', 'AAAA') + ADDRESS),
    /^postkasseadresse here/,
    /x509Sertifikat, with postkasseadresse after it/,
    /its place is not: put postkasseadresse before x509Sertifikat/,
  ],
  [
    'an optional element too late',
    'reminder',
    saveRow(`${TYPE}${field('PersonContactData', 'a@example.dk')}`),
    /^the end of PersonContactData here/,
    /PersonContactData after PersonContactDataTypeIdentifier/,
    /put PersonContactData before/,
  ],
  [
    'an element twice',
    NO,
    mailbox(PERSON + PERSON + PROVIDER + ADDRESS),
    /^postkasseleverandoerOrgNummer here/,
    /personidentifikator once more/,
    /at most once/,
  ],
  [
    'an element that is missing in the middle',
    NO,
    mailbox(PERSON + ADDRESS),
    /^postkasseleverandoerOrgNummer here/,
    /postkasseadresse, and no postkasseleverandoerOrgNummer before it/,
    /put postkasseleverandoerOrgNummer \(text of 8 to 20 characters\) before postkasseadresse; it is missing/,
  ],
  [
    'elements that are missing at the end',
    NO,
    mailbox(PERSON),
    /with personidentifikator, postkasse/,
    /its end after personidentifikator/,
    /put in what is missing: postkasseleverandoerOrgNummer \(.*\), then postkasseadresse \(text of 8 to 100 characters\)$/,
  ],
  [
    'an empty message',
    'reminder',
    save(''),
    /with PersonCivilRegistrationIdentifier, PersonContactDataCollection/,
    /no element in it/,
    /PersonCivilRegistrationIdentifier \(text\), then PersonContactDataCollection \(with PersonContactData \(any number\)\)/,
  ],
  [
    'an unqualified child',
    NO,
    mailbox(PERSON.replaceAll('m:', '') + PROVIDER + ADDRESS),
    /^personidentifikator in the namespace .*v1$/,
    /^personidentifikator in no namespace/,
    /the name is right, its namespace is not: write personidentifikator in the namespace/,
  ],
  [
    'a level of elements left out',
    'reminder',
    save(CITIZEN + TYPE),
    /^PersonContactDataCollection here/,
    /PersonContactDataTypeIdentifier/,
    /belongs into PersonContactDataCollection\/PersonContactData/,
  ],
  [
    'a level of elements not ended',
    'reminder',
    save(CITIZEN + field('PersonContactDataCollection', row(TYPE) + CITIZEN)),
    /^PersonContactData or the end of PersonContactDataCollection here/,
    /PersonCivilRegistrationIdentifier/,
    /belongs into SavePersonContactDataRequest: end PersonContactDataCollection before it/,
  ],
  [
    'text between elements',
    NO,
    mailbox(`${PERSON}hei${PROVIDER}${ADDRESS}`),
    /elements only in OpprettPostkasseForespoersel/,
    /the text "hei"/,
    /take the text out/,
  ],
  [
    'a bare number where a code list value belongs',
    'reminder',
    saveRow(field('PersonContactDataTypeIdentifier', '3')),
    /elements only in PersonContactDataTypeIdentifier: CodeListItemIdentifier/,
    /the text "3"/,
    /CodeListBase\/\}CodeListItemIdentifier in PersonContactDataTypeIdentifier/,
  ],
  [
    'an element where text belongs',
    NO,
    mailbox(`${PERSON}${PROVIDER}<m:postkasseadresse><m:verdi>ola.nordmann</m:verdi></m:postkasseadresse>`),
    /text only in postkasseadresse: text of 8 to 100 characters/,
    /the element verdi in it/,
    /write the value into postkasseadresse itself/,
  ],
  [
    'an attribute',
    NO,
    mailbox(PERSON + PROVIDER + ADDRESS, ' versjon="1"'),
    /no attribute versjon on OpprettPostkasseForespoersel/,
    /^versjon="1"/,
    /take the attribute away/,
  ],
  [
    'xsi:nil on a value that must be there',
    NO,
    mailbox(`${PERSON}${PROVIDER}<m:postkasseadresse xsi:nil="true"/>`),
    /a value in postkasseadresse: it is not nillable/,
    /xsi:nil="true"/,
    /^send a value in postkasseadresse$/,
  ],
  [
    'xsi:nil on a value that may be left out',
    NO,
    mailbox(`${PERSON}${PROVIDER}${ADDRESS}<m:x509Sertifikat xsi:nil="true"/>`),
    /it is not nillable/,
    /xsi:nil="true"/,
    /^leave x509Sertifikat out, or send a value$/,
  ],
  [
    'xsi:nil beside a value',
    'reminder',
    saveRow(`<m:PersonContactData xsi:nil="true">x</m:PersonContactData>${TYPE}`),
    /PersonContactData empty, since it is nil/,
    /xsi:nil="true" and content/,
    /take xsi:nil away to send the value/,
  ],
  [
    'xsi:nil with another word',
    'reminder',
    saveRow(`<m:PersonContactData xsi:nil="ja"/>${TYPE}`),
    /xsi:nil with true or false/,
    /xsi:nil="ja"/,
    /send xsi:nil="true"/,
  ],
  [
    'xsi:type to a type that is not',
    NO,
    mailbox(
      `${PERSON}${PROVIDER}<m:postkasseadresse xmlns:xs="http://www.w3.org/2001/XMLSchema" xsi:type="xs:string">ola.nordmann</m:postkasseadresse>`,
    ),
    /no xsi:type on postkasseadresse/,
    /xsi:type="xs:string"/,
    /take xsi:type away/,
  ],
  [
    'PEM where DER belongs',
    NO,
    mailbox(
      PERSON +
        PROVIDER +
        ADDRESS +
        field(
          'x509Sertifikat',
          `-----BEGIN CERTIFICATE-----\n${'MIIC'.repeat(300)}\n-----END CERTIFICATE-----`,
        ),
    ),
    /x509Sertifikat: bytes in base64/,
    /^PEM text: "-----BEGIN CERTIFICATE-----.*…" \(12\d\d characters\)/,
    /between the lines -----BEGIN and -----END/,
  ],
  [
    'base64 that is cut',
    NO,
    mailbox(PERSON + PROVIDER + ADDRESS + field('x509Sertifikat', 'AAA')),
    /bytes in base64/,
    /^3 characters with 0 "=" behind them, where 1 belong: "AAA"/,
    /^pad with as many "="/,
  ],
  [
    'a word where a number belongs',
    'reminder',
    saveRow(TYPE.replace('>3<', '>mail<')),
    /CodeListItemIdentifier: a whole number from 0 to 100000000/,
    /^"mail"/,
    /send a whole number from 0 to 100000000/,
  ],
  [
    'a number out of range',
    'reminder',
    saveRow(TYPE.replace('>3<', '>-1<')),
    /a whole number from 0 to 100000000/,
    /^"-1"/,
    /from 0 to 100000000 in CodeListItemIdentifier/,
  ],
  [
    'a number of 600 digits',
    'jobnet',
    `<GetPersonContactDataRequest xmlns="${REMINDER.replace('Person', 'JobnetPerson')}"><CvCustomerIdentifier>${'9'.repeat(600)}</CvCustomerIdentifier></GetPersonContactDataRequest>`,
    /CvCustomerIdentifier: a whole number from 1 to 9223372036854775807/,
    /\(600 characters\)/,
    /from 1 to 9223372036854775807/,
  ],
];

describe('a message against its schema', () => {
  for (const [what, service, payload, expected = /^$/, found = /^$/, remedy = /^$/] of cases)
    it(`${what}: expected, found and remedy say so`, () =>
      assertTold(judge(service, payload), expected, found, remedy));

  it('the line is that of the message', () => {
    const words = judge(NO, mailbox(`\n${PERSON}\n${PROVIDER}\n${field('postkasseadresse', 'ola')}\n`));
    assert.match(words?.found ?? '', /\(line 4 of the message\)$/);
  });

  it('a value that is too long for the words of the XML library, or that repeats them, is told as a value', () => {
    const words =
      "' is not valid. The attribute 'x' is not allowed. Missing child element. This element is not expected. ";
    for (const times of [1, 10, 1100]) {
      const told = judge('reminder', saveRow(TYPE.replace('>3<', `>${words.repeat(times)}<`)));
      assertTold(
        told,
        /^CodeListItemIdentifier: a whole number/,
        /^"' is not valid.*\(\d+ characters\)/,
        /^send a whole number/,
      );
    }
  });

  it('prefixes do not matter', () => {
    const plain = mailbox(PROVIDER + PERSON + ADDRESS)
      .replaceAll('m:', '')
      .replace('xmlns:m', 'xmlns');
    const other = mailbox(PROVIDER + PERSON + ADDRESS).replaceAll(/\bm(?=:)|(?<=xmlns:)m\b/g, 'q');
    for (const payload of [plain, other])
      assertTold(
        judge(NO, payload),
        /^personidentifikator here/,
        /OrgNummer, with personidentifikator/,
        /its place is not/,
      );
  });

  it('a contract’s own name for an element wins over a near one', () => {
    const words = judge(
      NO,
      mailbox(
        PERSON + PROVIDER.replaceAll('postkasseleverandoerOrgNummer', 'virksomhetsidentifikator') + ADDRESS,
      ),
    );
    assertTold(
      words,
      /^postkasseleverandoerOrgNummer here/,
      /virksomhetsidentifikator/,
      /called postkasseleverandoerOrgNummer on the wire/,
    );
  });

  /** Every way to spoil one element of a message by itself. */
  const spoil = (payload: string): string[] =>
    [...payload.matchAll(/<(\w+:)(\w+)((?: [^>]*)?)>[^<]*<\/\1\2>/g)].flatMap(
      ([whole, prefix = '', name = '', attributes = '']) => [
        payload.replace(whole, ''),
        payload.replace(whole, whole + whole),
        payload.replace(whole, `${whole}hei`),
        payload.replace(whole, whole.replaceAll(prefix + name, `${prefix}${name.toUpperCase()}`)),
        payload.replace(whole, `<${prefix}${name}${attributes} ny="1"></${prefix}${name}>`),
        payload.replace(whole, `<${prefix}${name}${attributes}><${prefix}ny/></${prefix}${name}>`),
        payload.replace(whole, `<${prefix}ny${attributes}/>${whole}`),
        payload.replace(whole, `${whole}<${prefix}ny${attributes}/>`),
      ],
    );
  const assertOurWords = (words: Words | undefined, payload: string): number => {
    if (words === undefined) return 0;
    const { expected, found, remedy } = words;
    assert.doesNotMatch(found, /Element '|facet/, payload);
    assert.doesNotMatch(expected, /as (?:the|its) schema defines it/, payload);
    assert.doesNotMatch(remedy, /compare/, payload);
    assert.ok(found.length < 400 && expected.length < 600 && remedy.length < 400, found + expected + remedy);
    return 1;
  };

  for (const name of ['postkasseleverandoer', 'reminder', 'jobnet'] as const)
    it(`${name}: whatever is wrong with one element of a request is told in words of our own`, () => {
      let told = 0;
      for (const operation of services[name].operations) {
        const [values = {}] = operation.examples;
        const [, payload = ''] =
          /<\S+:Body>(.*)<\/\S+:Body>/s.exec(writeRequest(services[name], operation, values)) ?? [];
        assert.equal(judge(name, payload), undefined, payload);
        for (const spoilt of spoil(payload)) told += assertOurWords(judge(name, spoilt), spoilt);
      }
      assert.ok(told > 50, String(told));
    });

  it('the two Danish headers: the same, in 8234 and 8235', () => {
    const [operation] = reminder.operations;
    assert.ok(operation);
    const actor = {
      organisationType: '7',
      organisationCode: '101',
      userType: '3',
      userIdentifier: 'CVR:90000040-FID:40404040',
    };
    const message = writeDanishRequest(
      reminder,
      operation,
      operation.examples[0] ?? {},
      actor,
      Date.UTC(2026, 0, 15),
    );
    const read = createHeaderReader();
    const [, header = ''] = /<[^>]*:Header>(.*)<\/[^>]*:Header>/s.exec(message) ?? [];
    const codes = new Map<number, number>();
    for (const spoilt of spoil(header)) {
      const document = parse(Buffer.from(message.replace(header, spoilt)));
      assert.ok(!isProblem(document));
      using _tree = document;
      const envelope = readEnvelope(document, SOAP_1_1);
      assert.ok(!isProblem(envelope));
      const refusal = read(envelope);
      if (!('explanation' in refusal)) continue;
      assertOurWords(refusal.explanation, spoilt);
      codes.set(refusal.code, (codes.get(refusal.code) ?? 0) + 1);
    }
    assert.deepEqual([...codes.keys()].sort(), [8234, 8235]);
    assert.ok(
      [...codes.values()].every((count) => count > 5),
      JSON.stringify([...codes]),
    );
  });
});
