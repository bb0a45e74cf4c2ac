// base64Binary and hexBinary, read strictly: as texts, by schema, and in the certificate field of every operation that has one.

import assert from 'node:assert/strict';
import { XmlDocument } from 'libxml2-wasm';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { postkasseleverandoer } from '../../src/kontaktregister/postkasseleverandoer/service.ts';
import { binaryCheck } from '../../src/schema/binary.ts';
import { decodeBase64, faultOfBase64, faultOfHex } from '../../src/xml/base64.ts';
import { clientOf, control, post, startRunning, unsigned } from '../running.ts';

const GOOD_BASE64 = ['', 'AAAA', 'AA==', 'AAA=', ' A A\tA\r\nA ', 'AA = =', 'AA\n=\n=', '+/+/'];
const BAD_BASE64: readonly (readonly [string, RegExp])[] = [
  ['AA!AA', /^"!" as character 3$/],
  ['###', /^"#" as character 1$/],
  ['AAAA\u00a0', /^U\+00A0 as character 5$/],
  ['😀AAA', /^"😀" as character 1$/],
  ['A-A_', /^"-" as character 2$/],
  ['A', /^1 character, which is one too many or three too few$/],
  ['AA', /^2 characters with 0 "=" behind them, where 2 belong$/],
  ['AA=', /^2 characters with 1 "=" behind them, where 2 belong$/],
  ['AAAA=', /^4 characters with 1 "=" behind them, where 0 belong$/],
  ['=', /where 0 belong$/],
  ['AA==AAAA', /^"=" as character 3, and more behind it$/],
  ['AB==', /^"B" as character 2, whose last bits/],
  ['A A\nB =', /^"B" as character 5, whose last bits/],
  ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', /^PEM text$/],
];

const SCHEMA = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:x" targetNamespace="urn:x" elementFormDefault="qualified">
  <xs:simpleType name="Bytes"><xs:restriction base="xs:base64Binary"><xs:maxLength value="9"/></xs:restriction></xs:simpleType>
  <xs:complexType name="Signed"><xs:simpleContent><xs:extension base="Bytes">
    <xs:attribute name="sum" type="xs:hexBinary"/><xs:attribute name="id" type="xs:string"/>
  </xs:extension></xs:simpleContent></xs:complexType>
  <xs:element name="root"><xs:complexType><xs:sequence>
    <xs:element name="plain" type="xs:string"/>
    <xs:element name="derived" type="Bytes"/>
    <xs:element name="signed" type="Signed"/>
    <xs:element name="own"><xs:simpleType><xs:restriction><xs:simpleType><xs:restriction base="xs:hexBinary"/></xs:simpleType></xs:restriction></xs:simpleType></xs:element>
    <xs:element name="bare" type="xs:base64Binary" form="unqualified"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>`;

describe('base64Binary and hexBinary', () => {
  it('take what XML Schema allows, white space between the characters too', () => {
    for (const text of GOOD_BASE64) assert.equal(faultOfBase64(text), undefined, text);
    for (const text of ['', '00', ' 0aF9\n']) assert.equal(faultOfHex(text), undefined, text);
  });

  it('name the first character that is wrong, and its place', () => {
    for (const [text, found] of BAD_BASE64) {
      assert.match(faultOfBase64(text)?.found ?? '', found, text);
      assert.equal(decodeBase64(text), undefined, text);
    }
    assert.equal(faultOfHex(' 0g')?.found, '"g" as character 3');
    assert.equal(faultOfHex('00 00')?.found, 'U+0020 as character 3');
    assert.equal(faultOfHex('000')?.found, '3 digits, an odd number');
  });

  it('agree with the decoder about every text of up to four characters of a small alphabet', () => {
    const texts = [''];
    for (let length = 0, last = ['']; length < 5; length += 1) {
      last = last.flatMap((text) => ['A', 'B', 'Q', '=', ' ', '!'].map((one) => text + one));
      texts.push(...last);
    }
    for (const text of texts) {
      const empty = text.trim() === '';
      assert.equal(faultOfBase64(text) === undefined, empty || decodeBase64(text) !== undefined, text);
    }
  });

  it('are found in a schema wherever they are declared: derived, inside a type, with attributes, unqualified', () => {
    using schema = XmlDocument.fromString(SCHEMA);
    const check = binaryCheck([schema]);
    const wrongIn = (content: string): string | undefined => {
      using message = XmlDocument.fromString(`<x:root xmlns:x="urn:x">${content}</x:root>`);
      const error = check(message.root);
      return error && `${error.message}: ${error.told.found}`;
    };
    assert.equal(
      wrongIn('<x:plain>###</x:plain><derived>###</derived><x:signed id="#">AAAA</x:signed>'),
      undefined,
    );
    assert.match(
      wrongIn('<x:derived>AA#A</x:derived>') ?? '',
      /Element 'derived': no base64Binary: "#" as char/,
    );
    assert.match(wrongIn('<x:signed>AA#A</x:signed>') ?? '', /Element 'signed': no base64Binary/);
    assert.match(wrongIn('<x:signed sum="0">AAAA</x:signed>') ?? '', /Attribute 'sum': no hexBinary/);
    assert.match(wrongIn('<x:own>0</x:own>') ?? '', /Element 'own': no hexBinary/);
    assert.match(wrongIn('<bare>#</bare>') ?? '', /Element 'bare': no base64Binary/);
  });

  it('may not share a name with another type, since names are what they are found by', () => {
    using schema = XmlDocument.fromString(SCHEMA.replace('name="bare"', 'name="bare" id="b"'));
    using other = XmlDocument.fromString(SCHEMA.replace('"xs:base64Binary" form', '"xs:string" form'));
    assert.throws(() => binaryCheck([schema, other]), /declare bare with a binary type and with another/);
  });
});

describe('a certificate field that is no base64', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning({ profile: 'none' });
  });
  after(() => emulator.close());

  const withCertificate = postkasseleverandoer.operations.filter(({ fields }) =>
    fields.some(({ name }) => name === 'x509Sertifikat'),
  );
  const known = (): string =>
    clientOf(emulator, 'digipost')
      .certificatePem.split(/-----[^-]+-----/)[1]
      ?.trim() ?? '';

  it('is a schema fault in every operation that has one, whatever is wrong with it', async () => {
    assert.equal(withCertificate.length, 3);
    const good = known();
    const texts = [
      ...BAD_BASE64.map(([text]) => text),
      `${good.slice(0, 100)}!${good.slice(100)}`,
      `${good}====`,
    ];
    for (const { name, examples } of withCertificate) {
      for (const x509Sertifikat of texts) {
        const reply = await post(emulator.url, unsigned(name, { ...examples[0], x509Sertifikat }));
        assert.deepEqual([reply.http, reply.status], [500, 'Validation error'], x509Sertifikat);
        const { json } = await control(emulator.url, 'GET', `/journal/${reply.journal}`);
        const { problem, explanation } = json as {
          problem: string;
          explanation: Record<'found' | 'expected', string>;
        };
        assert.equal(problem, 'schema.invalid');
        assert.match(explanation.found, /: ".*" .*\(line \d+ of the message\)$/);
        assert.match(explanation.expected, /^x509Sertifikat: bytes in base64/);
      }
    }
  });

  it('stays a refusal of the register where it is base64 of something else, or empty', async () => {
    const [operation] = withCertificate;
    for (const x509Sertifikat of ['AAAA', '', ' \n'])
      assert.equal(
        (
          await post(
            emulator.url,
            unsigned(operation?.name ?? '', { ...operation?.examples[0], x509Sertifikat }),
          )
        ).status,
        'FEILET UGYLDIG_SERTIFIKAT',
        x509Sertifikat,
      );
  });

  it('is refused by the control interface too', async () => {
    const person = {
      id: '12838410985',
      postkasser: [{ leverandoer: '984661185', adresse: 'kari.testesen#1', aktiv: true, sertifikat: 'AB==' }],
    };
    const { http, json } = await control(emulator.url, 'PUT', '/persons/no/12838410985', person);
    assert.equal(http, 400);
    assert.match(JSON.stringify(json), /whose last bits/);
  });
});
