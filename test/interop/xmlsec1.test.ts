// xmlsec1 both ways: what it signs is accepted, what the emulator signs it verifies, and neither takes a changed message.

import assert from 'node:assert/strict';
import { assertAnswer, xmlCryptoVerify, xmlsecVerify, xpath } from './judges.ts';
import {
  exclusive,
  exclusiveWithComments,
  exclusiveWithPrefixes,
  type Forms,
  inclusive,
  inclusiveWithComments,
  type Signing,
  signedByXmlsec1,
} from './signed-by-xmlsec1.ts';
import { describeWith, stacks } from './stacks.ts';
import { type Stage, staged } from './stage.ts';

const person = '27837311948';
const orgnr = '<postkasseleverandoerOrgNummer>984661185</postkasseleverandoerOrgNummer>';
const payload = (operation: string, rest: string): string =>
  `<${operation}Forespoersel><!-- free, or not? -->
      <personidentifikator>${person}</personidentifikator>${rest}</${operation}Forespoersel>`;

const messages = {
  ask: payload('KanVelgeSikkerDigitalPostkasse', ''),
  create: payload(
    'OpprettOgVelgSikkerDigitalPostkasse',
    `${orgnr}<postkasseadresse>spare.tre#æøå&#xD;&lt;]]&gt;</postkasseadresse>`,
  ),
  remove: payload('SlettPostkasse', orgnr),
};

const same = (form: Forms['signedInfo']): Forms => ({ signedInfo: form, timestamp: form, body: form });
const forms: readonly (readonly [title: string, forms: Forms])[] = [
  ['exclusive C14N', same(exclusive)],
  ['exclusive C14N with a PrefixList', same(exclusiveWithPrefixes)],
  ['exclusive C14N with comments', same(exclusiveWithComments)],
  ['inclusive C14N', same(inclusive)],
  ['inclusive C14N with comments', same(inclusiveWithComments)],
  [
    'both: inclusive SignedInfo',
    { signedInfo: inclusive, timestamp: exclusive, body: exclusiveWithPrefixes },
  ],
  ['both: inclusive Body', { signedInfo: exclusiveWithPrefixes, timestamp: exclusive, body: inclusive }],
];
const bare: Forms = { signedInfo: exclusive, timestamp: undefined, body: undefined };

describeWith([stacks.xmlsec1, stacks.xmllint], 'xmlsec1', () => {
  const observed = staged();
  const strict = staged({ profile: 'strict' });

  const status = (stage: Stage, answer: Buffer): Promise<string> =>
    xpath(stage, answer, "string(//*[local-name()='status'])");

  const accepted = async (stage: Stage, signing: Signing): Promise<void> => {
    const {
      status: code,
      body,
      problem,
    } = await stage.post(await signedByXmlsec1(stage, messages.ask, signing));
    assert.equal(problem, undefined);
    assert.equal(code, 200);
    assert.equal(await status(stage, body), 'JA');
  };
  const refused = async (stage: Stage, message: Buffer, expected: string): Promise<void> => {
    const { status: code, problem } = await stage.post(message);
    assert.deepEqual([code, problem], [500, expected]);
    assert.deepEqual(await stage.mailboxes(person), []);
  };

  for (const [title, signing] of forms) {
    it(`signs a request that observed and strict accept: ${title}`, async () => {
      await accepted(observed(), signing);
      await accepted(strict(), signing);
    });

    it(`signs a request that is refused once it is changed: ${title}`, async () => {
      const stage = observed();
      const message = await signedByXmlsec1(stage, messages.create, signing);
      const change = (from: string, to: string): Buffer => {
        const changed = message.toString('utf8').replace(from, to);
        assert.notEqual(changed, message.toString('utf8'));
        return Buffer.from(changed, 'utf8');
      };
      await refused(stage, change('spare.tre', 'spare.fem'), 'security.digest');
      await refused(stage, change('Z</wsu:Expires>', '1Z</wsu:Expires>'), 'security.digest');
      await refused(stage, change('<ds:SignedInfo>', '<ds:SignedInfo> '), 'security.signature-value');
    });
  }

  it('signs requests without Transforms, with SHA-1 digests or of half an hour: observed accepts, strict refuses', async () => {
    const loose: readonly (readonly [Signing, string])[] = [
      [bare, 'security.algorithm'],
      [{ ...same(exclusive), digest: 'http://www.w3.org/2000/09/xmldsig#sha1' }, 'security.algorithm'],
      [{ ...same(exclusive), lifetime: 1800 }, 'security.timestamp-lifetime'],
    ];
    for (const [signing, verdict] of loose) {
      await accepted(observed(), signing);
      const stage = strict();
      await refused(stage, await signedByXmlsec1(stage, messages.create, signing), verdict);
    }
  });

  it('signs with rsa-sha1, and both profiles refuse', async () => {
    const signing = { ...same(exclusive), signature: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' };
    for (const stage of [observed(), strict()])
      await refused(stage, await signedByXmlsec1(stage, messages.create, signing), 'security.algorithm');
  });

  it('verifies every kind of answer, and so does xml-crypto', async () => {
    const stage = observed();
    const talk = [
      ['JA', messages.ask],
      ['OK', messages.create],
      ['NEI', messages.ask],
      ['FEILET', messages.create],
      ['OK', messages.remove],
    ] as const;
    for (const [expected, message] of talk) {
      const { body } = await stage.post(await signedByXmlsec1(stage, message, same(exclusive)));
      assert.equal(await status(stage, body), expected);
      await assertAnswer(stage, body);
      const [timestamp, signedBody, confirmation, ...more] = xmlCryptoVerify(stage, body);
      assert.match(timestamp ?? '', /^<wsu:Timestamp /);
      assert.ok(signedBody?.includes(`>${expected}</`));
      assert.match(confirmation ?? '', /^<wsse11:SignatureConfirmation /);
      assert.deepEqual(more, []);
    }
  });

  it('does not verify an answer that was changed, nor does xml-crypto', async () => {
    const stage = observed();
    const { body } = await stage.post(await signedByXmlsec1(stage, messages.ask, same(exclusive)));
    const changed = Buffer.from(body.toString('utf8').replace('>JA<', '>NEI<'), 'utf8');
    assert.notDeepEqual(changed, body);
    assert.equal((await xmlsecVerify(stage, changed)).ok, false);
    assert.throws(() => xmlCryptoVerify(stage, changed), /the digests hold/);
  });
});
