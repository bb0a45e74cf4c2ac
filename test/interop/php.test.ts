// PHP's SoapClient with nothing but DOM and OpenSSL: its __doRequest signs requests and verifies answers.

import assert from 'node:assert/strict';
import { inPhp } from './php.ts';
import { describeWith, stacks } from './stacks.ts';
import { staged } from './stage.ts';

const WSSE11 = 'http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd';
const person = { personidentifikator: '08846239430' };
const mailbox = { ...person, postkasseleverandoerOrgNummer: '984661185' };
const content = { ...mailbox, postkasseadresse: 'spare.php#Æø"<&>\u00a0' };
const ask = { operation: 'KanVelgeSikkerDigitalPostkasse', fields: person };
const create = { operation: 'OpprettOgVelgSikkerDigitalPostkasse', fields: content };

describeWith([stacks.php, stacks.phpDom], 'PHP’s SoapClient with DOM and OpenSSL', () => {
  const observed = staged();
  const strict = staged({ profile: 'strict' });

  for (const [profile, open] of Object.entries({ observed, strict })) {
    it(`signs requests that ${profile} accepts, and verifies every answer`, async () => {
      const answers = await inPhp(open(), [ask, create, create]);
      assert.deepEqual(await open().mailboxes(person.personidentifikator), [
        { leverandoer: '984661185', adresse: content.postkasseadresse, aktiv: true },
      ]);
      answers.push(...(await inPhp(open(), [{ operation: 'SlettPostkasse', fields: mailbox }])));
      assert.deepEqual(
        answers.map(({ refused, fields }) => refused ?? fields),
        [
          { status: 'JA' },
          { status: 'OK' },
          { status: 'FEILET', beskrivelse: 'ALLEREDE_AKTIV' },
          { status: 'OK' },
        ],
      );
      for (const { answer, fields } of answers) assert.deepEqual(answer, fields);
      for (const { signed } of answers)
        assert.deepEqual(signed?.filter((name) => name !== 'SignatureConfirmation').toSorted(), [
          'Body',
          'Timestamp',
        ]);
    });
  }

  it('reads the fault of a request that breaks the schema', async () => {
    const [answer] = await inPhp(observed(), [{ ...ask, fields: { personidentifikator: '123' } }]);
    assert.deepEqual([answer?.refused, answer?.element, answer?.signed], [undefined, 'Fault', undefined]);
    assert.equal(answer?.fault, 'SOAP-ENV:Client');
    assert.equal(await observed().lastProblem(), 'schema.invalid');
  });

  it('does not believe an answer that is not as the server sent it', async () => {
    const [good] = await inPhp(observed(), [ask]);
    const answer = Buffer.from(good?.wire ?? '', 'base64').toString('utf8');
    const [body = ''] = /<SOAP-ENV:Body.*<\/SOAP-ENV:Body>/s.exec(answer) ?? [];
    const other = body.replace(/ wsu:Id="[^"]+"/, '').replace('>JA<', '>NEI<');
    const cases: readonly (readonly [message: string, why: string | undefined])[] = [
      [answer, undefined],
      [answer.replace('>JA<', '>NEI<'), 'the digest of Body'],
      [answer.replace('Z</wsu:Expires>', '1Z</wsu:Expires>'), 'the digest of Timestamp'],
      [answer.replace(/(<ds:SignatureValue>)(.)/, '$1+$2'), 'the signature value'],
      [answer.replace('<ds:SignedInfo>', '<ds:SignedInfo> '), 'the signature value'],
      [
        answer
          .replace(body, other)
          .replace('</SOAP-ENV:Header>', `<w:was xmlns:w="urn:was">${body}</w:was>$&`),
        'Body is not signed',
      ],
      [answer.replace(body, body + other), '2 elements Body'],
      [answer.replace(/<SOAP-ENV:Body[^>]*>/, '$&<x:Fault xmlns:x="urn:x"/>'), 'the digest of Body'],
      [
        answer.replace('</wsse:Security>', `<c:SignatureConfirmation xmlns:c="${WSSE11}" Value="QUJD"/>$&`),
        'SignatureConfirmation is not signed',
      ],
      [answer.replace(/<SOAP-ENV:Header>.*<\/SOAP-ENV:Header>/s, ''), '0 elements Header'],
    ];
    for (const [message] of cases.slice(1)) assert.notEqual(message, answer);
    const jobs = cases.map(([message]) => ({ read: Buffer.from(message, 'utf8').toString('base64') }));
    const refused = (await inPhp(observed(), jobs)).map((verdict) => verdict.refused);
    assert.deepEqual(
      refused,
      cases.map(([, why]) => why),
    );
  });

  it('does not believe another authority, nor another organisation', async () => {
    const [good] = await inPhp(observed(), [ask]);
    const jobs = [{ read: good?.wire ?? '' }];
    const [foreign] = await inPhp(strict(), jobs);
    assert.equal(foreign?.refused, 'no chain to a trust anchor');
    const [other] = await inPhp(observed(), jobs, '984661185');
    assert.equal(other?.refused, 'another organisation’s certificate');
  });
});
