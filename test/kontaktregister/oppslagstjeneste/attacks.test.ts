// What strangers send to the lookup service: refused by the same stages as everywhere, and nobody learns of anybody by it.

import assert from 'node:assert/strict';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { startRunning } from '../../running.ts';
import {
  type Answer,
  journalOf,
  send,
  signedBody,
  signedWhole,
  unsigned,
  type VersionName,
  versions,
} from './calling.ts';

const PLAIN = '12838410985';
const VICTIM = '18868703845';
const asked = (number: string) => ({ informasjonsbehov: 'Person', personidentifikator: number });

describe('attacks on the lookup service', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());

  const refused = async (answer: Answer, problem: string): Promise<void> => {
    assert.equal((await journalOf(emulator, answer)).problem, problem);
    assert.ok(answer.http >= 400);
    assert.ok(answer.fault !== undefined && !answer.encrypted);
    assert.ok(!answer.wire.includes(VICTIM) && answer.wire.length < 1000);
  };
  const signed = (version: VersionName): string =>
    signedBody(emulator, unsigned('HentPersoner', asked(PLAIN), version));

  for (const version of versions)
    describe(version, () => {
      for (const [name, change, problem] of [
        ['a changed number', (text: string) => text.replace(PLAIN, VICTIM), 'security.digest'],
        [
          'a signed Body in the Header and another in its place',
          (text: string) => {
            const [body = '', prefix = ''] = /<([\w-]+):Body[ >].*<\/\1:Body>/s.exec(text) ?? [];
            const other = body.replace(/ wsu:Id="[^"]*"/, '').replace(PLAIN, VICTIM);
            return text
              .replace(body, other)
              .replace(`</${prefix}:Header>`, `<x:w xmlns:x="urn:x">${body}</x:w></${prefix}:Header>`);
          },
          'security.coverage',
        ],
        [
          'a DOCTYPE',
          (text: string) =>
            `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${text.replace(PLAIN, '&a;')}`,
          'xml.doctype',
        ],
        ['a processing instruction', (text: string) => `<?x y?>${text}`, 'xml.processing-instruction'],
        ['no signature', () => unsigned('HentPersoner', asked(VICTIM), version), 'security.header-missing'],
      ] as const)
        it(`refuses ${name}`, async () =>
          refused(await send(emulator, change(signed(version)), { version }), problem));

      it('refuses whom it does not trust, and does not encrypt to them', async () => {
        for (const [client, problem] of [
          ['utloept', 'security.certificate-expired'],
          ['tilbakekalt', 'security.certificate-revoked'],
          ['selvsignert', 'security.certificate-untrusted'],
        ] as const) {
          const message = signedBody(emulator, unsigned('HentPersoner', asked(VICTIM), version), client);
          await refused(await send(emulator, message, { version, client }), problem);
        }
      });

      it('refuses the envelope of the other SOAP version', async () => {
        const other = version === '16-02' ? '14-05' : '16-02';
        const message = signed(other);
        const answer = await send(emulator, message, { version });
        await refused(answer, 'soap.version-mismatch');
      });
    });

  it('takes messages of up to 512 KiB, as a thousand numbers need them, and no larger ones', async () => {
    const whole = signedWhole(emulator, asked(Array(1000).fill(PLAIN).join(' ')));
    const padded = (size: number): string =>
      whole.replace('</env:Envelope>', `${' '.repeat(size - whole.length)}</env:Envelope>`);
    assert.ok(whole.length < 256 * 1024);
    assert.equal((await send(emulator, whole)).http, 200);
    const large = await fetch(`${emulator.url}/kontaktinfo-external/ws-v5`, {
      method: 'POST',
      headers: { 'content-type': 'application/soap+xml' },
      body: padded(513 * 1024),
    });
    assert.equal(large.status, 413);
  });
});
