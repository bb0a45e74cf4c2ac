// Messages that name their certificate instead of carrying it: taken under 14-05 where it is known, and explained elsewhere.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Arena, openArena, question } from '../attacks/arena.ts';
import { leaves, trusted } from '../attacks/authority.ts';
import { issuerSerial, named, namedBy, uncarried, wayNames, ways } from '../attacks/key-references.ts';
import { derOf, type Recipe, tokenOf } from '../attacks/message.ts';
import { newDataDirectory, newDirectory } from '../directories.ts';
import { kontakt } from '../program.ts';

const WRITTEN = {
  issuerSerial: 'X509IssuerSerial',
  subjectKeyIdentifier: 'KeyIdentifier X509SubjectKeyIdentifier',
  thumbprint: 'KeyIdentifier ThumbprintSHA1',
} as const;

const pemOf = (arena: Arena, client: string): string => arena.client(client).certificatePem;
const ask = (arena: Arena, knobs: Partial<Recipe>) =>
  arena.post(arena.message({ payload: question, ...uncarried, ...knobs }));

/** Opens an arena for the tests of the surrounding describe. */
const opened = (options: () => Parameters<typeof openArena>[0]): (() => Arena) => {
  let arena: Arena | undefined;
  before(async () => {
    arena = await openArena(options());
  });
  after(() => arena?.emulator.close());
  return () => arena ?? assert.fail('no arena');
};

const assertAccepted = async (arena: Arena, knobs: Partial<Recipe>): Promise<void> => {
  const answer = await ask(arena, knobs);
  const { problem, explanation } = await arena.journal(answer);
  assert.equal(problem, undefined, JSON.stringify(explanation));
  assert.match(answer.text, /status>JA</);
};

describe('a certificate that is named', () => {
  describe('under 14-05', () => {
    const arena = opened(() => ({ profile: '14-05' }));

    for (const client of ['digipost', 'eboks', 'digipost-seid2'])
      for (const way of wayNames)
        it(`is found by ${way} (${client})`, async () => {
          await assertAccepted(arena(), {
            signer: arena().client(client),
            keyInfo: ways[way](pemOf(arena(), client)),
          });
        });

    it('may be carried besides', async () => {
      for (const way of wayNames)
        await assertAccepted(arena(), {
          order: ['token', 'timestamp', 'signature'],
          token: tokenOf(derOf(pemOf(arena(), 'digipost'))),
          keyInfo: ways[way](pemOf(arena(), 'digipost')),
        });
    });

    it('counts, and not another that is carried', async () => {
      const answer = await ask(arena(), {
        signer: arena().client('eboks'),
        order: ['token', 'timestamp', 'signature'],
        token: tokenOf(derOf(pemOf(arena(), 'digipost'))),
        keyInfo: ways.thumbprint(pemOf(arena(), 'eboks')),
      });
      const entry = (await arena().journal(answer)) as { organisation?: string; problem?: string };
      assert.deepEqual([entry.problem, entry.organisation], [undefined, '996460320']);
    });

    it('may have its issuer written in the other order, in other capitals, and its number with zeros', async () => {
      const { issuer, serial } = namedBy(pemOf(arena(), 'digipost'));
      const turned = issuer.split(',').reverse().join(', ').toUpperCase();
      await assertAccepted(arena(), { keyInfo: named(issuerSerial(`\n  ${turned}\n`, ` 000${serial} `)) });
    });

    it('may still be carried alone', async () => {
      const answer = await arena().post(arena().message({ payload: question }));
      assert.equal(answer.status, 200, answer.text);
    });
  });

  for (const profile of ['strict', 'observed'] as const)
    describe(`under ${profile}`, () => {
      const arena = opened(() => ({ profile }));
      for (const way of wayNames)
        it(`by ${way} is refused, and the explanation says what would be taken`, async () => {
          for (const order of [uncarried.order, ['token', 'timestamp', 'signature']]) {
            const answer = await ask(arena(), { order, keyInfo: ways[way](pemOf(arena(), 'digipost')) });
            const { problem, explanation } = await arena().journal(answer);
            assert.equal(problem, 'security.token-reference');
            assert.match(answer.text, /UnsupportedSecurityToken/);
            assert.equal(explanation?.found, WRITTEN[way]);
            assert.equal(explanation?.expected, 'wsse:Reference to the BinarySecurityToken');
            assert.match(explanation?.rule ?? '', new RegExp(`profile ${profile}`));
            assert.match(explanation?.remedy ?? '', /direct reference/);
          }
        });
    });

  describe('of a client from elsewhere', () => {
    const known = join(newDirectory(), 'known.pem');
    const arena = opened(() => {
      // The authorities first: they issue the leaves.
      const trust = trusted();
      writeFileSync(known, leaves.sound().certificatePem);
      return { profile: '14-05', trust, knownCertificates: [known] };
    });
    for (const way of wayNames)
      it(`is found by ${way} where --known-certificates has it`, async () => {
        const signer = leaves.sound();
        await assertAccepted(arena(), { signer, keyInfo: ways[way](signer.certificatePem) });
      });

    it('is not trusted because it is known', async () => {
      const stranger = leaves.unknownIssuer();
      writeFileSync(known, leaves.sound().certificatePem + stranger.certificatePem);
      const answer = await ask(arena(), {
        signer: stranger,
        keyInfo: ways.thumbprint(stranger.certificatePem),
      });
      const { problem } = await arena().journal(answer);
      assert.equal(problem, 'security.certificate-untrusted');
    });
  });

  it('under 14-05 is known at once where kontakt cert new made it, and revoked at once', async () => {
    const data = await newDataDirectory();
    const arena = await openArena({ profile: '14-05', inMemory: false, data });
    try {
      const clientFiles = (name: string) => ({
        certificatePem: readFileSync(join(data, 'pki/clients', `${name}.pem`), 'utf8'),
        keyPem: readFileSync(join(data, 'pki/clients', `${name}.key`), 'utf8'),
      });
      const make = async (...args: string[]): Promise<void> => {
        const { code, stderr } = await kontakt(['cert', 'new', ...args, '--data', data]);
        assert.equal(code, 0, stderr);
      };
      await assertAccepted(arena, { keyInfo: ways.thumbprint(pemOf(arena, 'digipost')) });
      await make('nykunde', '--organisation', '984661185');
      const signer = clientFiles('nykunde');
      for (const way of wayNames)
        await assertAccepted(arena, { signer, keyInfo: ways[way](signer.certificatePem) });
      await make('tilbake', '--organisation', '984661185', '--revoked');
      const revoked = clientFiles('tilbake');
      const answer = await ask(arena, { signer: revoked, keyInfo: ways.thumbprint(revoked.certificatePem) });
      assert.equal((await arena.journal(answer)).problem, 'security.certificate-revoked');
    } finally {
      await arena.emulator.close();
    }
  });
});
