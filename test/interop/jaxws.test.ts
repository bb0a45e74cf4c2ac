// JAX-WS RI at the mailbox providers' service: stubs by wsimport, and WSS4J in a handler that signs and verifies.

import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describeWith, JAXWS, stacks, WSS4J } from './stacks.ts';
import { type Stage, staged } from './stage.ts';
import { tampered, tampering } from './tampering.ts';
import { succeed } from './tool.ts';

const PERSON = '06860671474';
const ADDRESS = 'spare.jaxws#æøå"<&>';

describeWith([stacks.jaxws, stacks.wss4j], 'JAX-WS RI with WSS4J in a handler', () => {
  const observed = staged();
  const strict = staged({ profile: 'strict' });
  let classpath: string;
  before(async function () {
    this.timeout(120_000);
    const { directory, service } = observed();
    const classes = join(directory, 'classes');
    mkdirSync(classes);
    await succeed('wsimport', '-quiet', '-d', classes, '-p', 'no.stub', `${service}?wsdl`);
    classpath = [JAXWS, WSS4J, classes].join(delimiter);
    const sources = join(import.meta.dirname, 'java', 'jaxws');
    const files = readdirSync(sources).map((name) => join(sources, name));
    await succeed('javac', '-encoding', 'UTF-8', '-cp', classpath, '-d', classes, ...files);
  });

  const call = async ({ emulator, service, write }: Stage, at = service): Promise<string[]> => {
    const digipost = emulator.pki.clients.get('digipost');
    assert.ok(digipost, 'the client digipost');
    const p12 = write('digipost.p12', digipost.p12);
    const trust = write('trust.p12', await emulator.pki.trustStore());
    const args = [`${at}?wsdl`, p12, trust, PERSON, ADDRESS];
    return succeed('java', '-XX:TieredStopAtLevel=1', '-cp', classpath, 'MailboxCaller', ...args);
  };

  for (const [profile, open] of Object.entries({ observed, strict })) {
    it(`signs requests that ${profile} accepts, verifies every answer, and lets faults pass`, async () => {
      assert.deepEqual(await call(open()), [
        'can choose JA',
        'create OK',
        'create again FEILET ALLEREDE_AKTIV',
        'delete OK',
        'bad number fault SOAP-ENV:Client',
      ]);
      assert.deepEqual(await open().mailboxes(PERSON), []);
    }).timeout(120_000);
  }

  for (const [name, change] of Object.entries(tampered)) {
    it(`refuses an answer that was changed on the way (${name})`, async () => {
      const spoil = (answer: string): string => (answer.includes('>JA<') ? change(answer) : answer);
      const [possible] = await tampering(observed(), spoil, (service) => call(observed(), service));
      assert.match(possible ?? '', /^can choose refused /);
    }).timeout(120_000);
  }
});
