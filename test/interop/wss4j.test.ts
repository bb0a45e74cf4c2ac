// WSS4J, the stack behind most Java clients: signs requests, verifies answers by its own engine, and decrypts them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describeWith, stacks } from './stacks.ts';
import { type Stage, staged } from './stage.ts';
import { type Findings, type Identifier, wss4j } from './wss4j.ts';

const person = { personidentifikator: '19900398754' };
const mailbox = { ...person, postkasseleverandoerOrgNummer: '984661185' };
const content = { ...mailbox, postkasseadresse: 'spare.java#æøå"<&>' };
const ask = { operation: 'KanVelgeSikkerDigitalPostkasse', fields: person };
const create = { operation: 'OpprettOgVelgSikkerDigitalPostkasse', fields: content };

const talk = [
  [ask, ['JA']],
  [create, ['OK']],
  [create, ['FEILET', 'ALLEREDE_AKTIV']],
  [ask, ['NEI', 'ALLEREDE_AKTIV']],
  [{ operation: 'OppdaterPostkasse', fields: { ...content, postkasseadresse: 'spare.java#2' } }, ['OK']],
  [{ operation: 'SlettPostkasse', fields: mailbox }, ['OK']],
  [{ operation: 'OpprettPostkasse', fields: content }, ['OK']],
  [{ operation: 'VelgSikkerDigitalPostkasse', fields: mailbox }, ['OK']],
  [{ operation: 'SlettPostkasse', fields: mailbox }, ['OK']],
] as const;

describeWith([stacks.wss4j], 'WSS4J', () => {
  const java = wss4j();
  const profiles = { observed: staged(), strict: staged({ profile: 'strict' }) };
  const { observed, strict } = profiles;
  const naming = staged({
    profile: 'naming',
    securityProfiles: {
      naming: {
        extends: 'observed',
        keyReferences: ['direct', 'issuerSerial', 'subjectKeyIdentifier', 'thumbprint'],
      },
    },
  });

  /** Signed by the server, by rules that WSS4J has nothing to say against: the parts that must be, where they must be. */
  const assertSigned = ({ emulator }: Stage, findings: Findings): void => {
    const { failed, complaint, signed, signer, signatureMethod, confirmed, sent } = findings;
    assert.deepEqual([failed, complaint], [undefined, undefined]);
    const confirmation = confirmed === undefined ? [] : ['SignatureConfirmation'];
    assert.deepEqual(signed?.toSorted(), ['Body', ...confirmation, 'Timestamp']);
    assert.ok(confirmed === undefined || confirmed === sent, 'the request is confirmed');
    assert.equal(signatureMethod, 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256');
    const [leaf = ''] = emulator.pki.server.certificatePem.split(/-----END/);
    assert.equal(signer, leaf.replace(/-----[^-]+-----|\s/g, ''));
  };

  for (const [profile, open] of Object.entries(profiles)) {
    it(`calls all six operations under ${profile}, and verifies every answer`, async () => {
      for (const [call, [status, beskrivelse]] of talk) {
        const { findings } = await java().call(open(), call);
        assertSigned(open(), findings);
        assert.deepEqual(
          [findings.http, findings.element, findings.fields],
          [200, `${call.operation}Respons`, { status, ...(beskrivelse ? { beskrivelse } : {}) }],
        );
        if (call === create)
          assert.deepEqual(await open().mailboxes(person.personidentifikator), [
            { leverandoer: '984661185', adresse: content.postkasseadresse, aktiv: true },
          ]);
      }
      assert.deepEqual(await open().mailboxes(person.personidentifikator), []);
    });
  }

  const refusals: readonly (readonly [Identifier, boolean, string, string])[] = [
    ['issuer-serial', false, 'security.token-reference', 'wsse:UnsupportedSecurityToken'],
    ['subject-key-identifier', false, 'security.token-reference', 'wsse:UnsupportedSecurityToken'],
    ['thumbprint', false, 'security.token-reference', 'wsse:UnsupportedSecurityToken'],
    ['direct', true, 'security.algorithm', 'wsse:UnsupportedAlgorithm'],
  ];
  for (const [identifier, old, problem, faultcode] of refusals) {
    it(`is refused where it signs by ${old ? 'SHA-1' : 'SHA-256'} with key identifier ${identifier}, and reads the fault`, async () => {
      for (const open of [observed, strict]) {
        const { findings } = await java().call(open(), { ...create, identifier, old });
        assert.deepEqual([findings.http, findings.element], [500, 'Fault']);
        assert.equal(findings.fields?.faultcode, faultcode);
        assert.equal(await open().lastProblem(), problem);
        assert.deepEqual(await open().mailboxes(person.personidentifikator), []);
      }
    });
  }

  for (const [profile, open] of Object.entries(profiles))
    it(`is accepted under ${profile} where it signs its token by STR-Transform`, async () => {
      const { findings } = await java().call(open(), { ...ask, token: true });
      assertSigned(open(), findings);
      assert.deepEqual(findings.fields, { status: 'JA' });
    });

  for (const identifier of ['direct', 'issuer-serial', 'subject-key-identifier', 'thumbprint'] as const)
    it(`is accepted where it signs by STR-Transform what KeyInfo names: ${identifier}`, async () => {
      const { findings } = await java().call(naming(), { ...ask, identifier, token: true });
      assertSigned(naming(), findings);
      assert.deepEqual(findings.fields, { status: 'JA' });
    });

  describe('told of an answer that is not as the server sent it', () => {
    let answer: string;
    let sent: Pick<Findings, 'sent'>;
    before(async () => {
      const { wire, findings } = await java().call(observed(), ask);
      answer = readFileSync(wire, 'utf8');
      sent = { sent: findings.sent ?? '' };
    });
    const required = ({ signed }: Findings): readonly string[] | undefined =>
      signed?.filter((name) => name !== 'SignatureConfirmation');
    const changed = (from: string | RegExp, to: string): string => {
      const text = answer.replace(from, to);
      assert.notEqual(text, answer);
      return text;
    };
    const readFindings = async (text: string, stage = observed()): Promise<Findings> =>
      (await java().read(stage, text)).findings;

    it('verifies it as long as nothing is changed', async () => {
      assertSigned(observed(), { ...(await readFindings(answer)), ...sent });
    });

    it('refuses a changed Body, Timestamp and SignatureValue', async () => {
      for (const [from, to] of [
        ['>JA<', '>NEI<'],
        ['Z</wsu:Expires>', '1Z</wsu:Expires>'],
        [/(<ds:SignatureValue>)(.)/, '$1+$2'],
      ] as const)
        assert.match((await readFindings(changed(from, to))).failed ?? '', /^WSSecurityException/);
    });

    it('refuses a server that its own trust anchors do not lead to', async () => {
      assert.match((await readFindings(answer, strict())).failed ?? '', /certificate path validation/);
    });

    it('refuses a signer whom the CRL of the issuing CA names', async () => {
      const { wire } = await java().call(observed(), ask);
      const signedBy = async (server: string): Promise<Findings> => {
        const file = await java().protect(observed(), wire, { confirms: 'QUJD', server });
        return (await java().read(observed(), readFileSync(file))).findings;
      };
      assert.equal((await signedBy('digipost')).failed, undefined);
      assert.match((await signedBy('tilbakekalt')).failed ?? '', /revoked/);
    });

    it('finds the signed Body out of place where another one stands there', async () => {
      const [body = ''] = /<SOAP-ENV:Body.*<\/SOAP-ENV:Body>/s.exec(answer) ?? [];
      const forged = body.replace(/ wsu:Id="[^"]+"/, '').replace('>JA<', '>NEI<');
      const findings = await readFindings(
        changed(body, forged).replace('</SOAP-ENV:Header>', `<w:was xmlns:w="urn:was">${body}</w:was>$&`),
      );
      assert.deepEqual(required(findings), ['Timestamp', 'Body out of place']);
      assert.deepEqual(findings.fields, { status: 'NEI' });
    });

    it('complains where the Basic Security Profile is broken', async () => {
      const findings = await readFindings(changed(/ EncodingType="[^"]+"/, ''));
      assert.match(findings.complaint ?? '', /EncodingType/);
      assert.deepEqual(required(findings), ['Timestamp', 'Body']);
    });
  });
});
