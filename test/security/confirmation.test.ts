// SignatureConfirmation: an answer says which request it answers, and a client believes no other.

import assert from 'node:assert/strict';
import { profiles } from '../../src/security/profiles/profiles.ts';
import { SOAP_1_1, SOAP_1_2 } from '../../src/soap/version.ts';
import { type Arena, openArena, question } from '../attacks/arena.ts';
import { newDataDirectory } from '../directories.ts';
import { type Answering, believed, openAnswering, REQUEST, refusalOf, SECRET } from './answering.ts';

const valueIn = (message: string): string | undefined => /<ds:SignatureValue>([^<]+)</.exec(message)?.[1];
const confirmedIn = (answer: string): string | undefined =>
  /<wsse11:SignatureConfirmation [^>]*Value="([^"]*)"/.exec(answer)?.[1];

describe('an answer', () => {
  const during = async (profile: string, act: (arena: Arena) => Promise<void>): Promise<void> => {
    const arena = await openArena({ profile, inMemory: false, data: await newDataDirectory() });
    try {
      await act(arena);
    } finally {
      await arena.emulator.close();
    }
  };

  for (const profile of ['strict', 'observed'])
    it(`confirms the signature of its request, and signs that (${profile})`, async () => {
      await during(profile, async (arena) => {
        const request = arena.message({ payload: question });
        const { status, text } = await arena.post(request);
        assert.equal(status, 200, text);
        assert.equal(confirmedIn(text), valueIn(request));
        assert.match(text, /<ds:Reference URI="#SignatureConfirmation">/);
        assert.match(text, /<wsse11:SignatureConfirmation [^>]*wsu:Id="SignatureConfirmation"/);
      });
    });

  it('confirms folded base64 as the same signature', async () => {
    await during('observed', async (arena) => {
      const request = arena.message({ payload: question });
      const folded = request.replace(
        /(<ds:SignatureValue>)([^<]+)/,
        (_, tag: string, value: string) => tag + value.replace(/.{76}/g, '$&\r\n'),
      );
      assert.equal(confirmedIn((await arena.post(folded)).text), valueIn(request));
    });
  });

  for (const profile of ['14-05', 'none'])
    it(`confirms nothing under ${profile}`, async () => {
      await during(profile, async (arena) => {
        const { status, text } = await arena.post(arena.message({ payload: question }));
        assert.equal(status, 200, text);
        assert.doesNotMatch(text, /SignatureConfirmation/);
      });
    });

  it('confirms nothing where it is a fault', async () => {
    await during('observed', async (arena) => {
      const { status, text } = await arena.post(arena.message({ signer: arena.client('utloept') }));
      assert.equal(status, 500);
      assert.doesNotMatch(text, /Security>|SignatureConfirmation/);
    });
  });
});

describe('a client', () => {
  let answering: Answering;
  before(async () => {
    answering = await openAnswering();
  });
  const OTHER = Buffer.from('the SignatureValue of another');
  const problemOf = (message: string, signatureValue = REQUEST): string =>
    refusalOf(answering.read(message, SOAP_1_1, signatureValue)).problem;
  const usual = (): Promise<string> => answering.answer(SECRET, SOAP_1_1, profiles.observed.answer);
  const CONFIRMATION = /<wsse11:SignatureConfirmation [^>]*><\/wsse11:SignatureConfirmation>/;

  for (const version of [SOAP_1_1, SOAP_1_2])
    it(`believes an answer to its own request, and to no other (SOAP ${version.name})`, async () => {
      for (const encryption of [undefined, profiles.observed.answer.encryption]) {
        const message = await answering.answer(SECRET, version, { ...profiles.observed.answer, encryption });
        assert.equal(believed(answering.read(message, version)).confirmed, true);
        const { problem, explanation } = refusalOf(answering.read(message, version, OTHER));
        assert.equal(problem, 'security.confirmation');
        assert.equal(explanation.found, REQUEST.toString('base64'));
        assert.ok(explanation.expected.includes(OTHER.toString('base64')));
      }
    });

  it('is not told that an answer confirms where it does not', async () => {
    const message = await answering.answer(SECRET, SOAP_1_1, profiles['14-05'].answer);
    assert.equal(believed(answering.read(message, SOAP_1_1, OTHER)).confirmed, false);
  });

  it('believes no confirmation that was changed, taken away, doubled, or put in', async () => {
    const message = await usual();
    const [own, other] = [REQUEST, OTHER].map((value) => value.toString('base64'));
    assert.equal(problemOf(message.replace(`Value="${own}"`, `Value="${other}"`), OTHER), 'security.digest');
    assert.equal(problemOf(message.replace(CONFIRMATION, '')), 'security.reference-unresolved');
    assert.equal(
      problemOf(message.replace(CONFIRMATION, (one) => one + one.replace('wsu:Id="S', 'wsu:Id="Z'))),
      'security.header-content',
    );
    const plain = await answering.answer(SECRET, SOAP_1_1, {
      ...profiles.observed.answer,
      confirmation: false,
    });
    const put = CONFIRMATION.exec(message)?.[0] ?? assert.fail('no confirmation');
    assert.equal(problemOf(plain.replace('</wsse:Security>', `${put}</wsse:Security>`)), 'security.coverage');
  });

  it('believes no answer that confirms a request without a signature', async () => {
    const message = await answering.answer(SECRET, SOAP_1_1, profiles.observed.answer, Buffer.alloc(0));
    assert.equal(confirmedIn(message), '');
    assert.equal(problemOf(message), 'security.confirmation');
  });
});
