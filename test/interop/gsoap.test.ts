// gSOAP, the C and C++ stack: clients generated from the served WSDLs and compiled, signing by its wsse plugin, and mutual TLS.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { clientOf } from '../running.ts';
import { describeWith, stacks } from './stacks.ts';
import { type Stage, staged } from './stage.ts';
import { tampered, tampering } from './tampering.ts';
import { succeed } from './tool.ts';

const SOURCES = join(import.meta.dirname, 'gsoap');
const JOBNET = 'PjakTassWCFtService/1/JobnetPersonNotificationReminderService.svc';
const USER = 'CVR:90000105-UUID:7e570000-0000-4000-8000-000000000105';
const PERSON = '11905819730';
const ADDRESS = 'spare.gsoap#Åse & <Bø>';

/** Generates and compiles a client; returns the path of the program. */
const build = async ({ directory }: Stage, name: string, wsdl: string): Promise<string> => {
  const folder = join(directory, name);
  mkdirSync(folder);
  await succeed('sh', join(SOURCES, `build_${name}.sh`), wsdl, folder);
  return join(folder, name);
};

describeWith([stacks.gsoap], 'gSOAP', () => {
  const observed = staged();
  const strict = staged({ profile: 'strict' });
  let program: string;
  before(async function () {
    this.timeout(240_000);
    program = await build(observed(), 'mailbox_client', `${observed().service}?wsdl`);
  });

  const call = ({ service, files: { key, certificate, trust } }: Stage, at = service): Promise<string[]> =>
    succeed(program, at, key, certificate, trust, PERSON, ADDRESS);

  for (const [profile, open] of Object.entries({ observed, strict })) {
    it(`signs requests that ${profile} accepts, and verifies every answer`, async () => {
      assert.deepEqual(await call(open()), [
        'can choose JA',
        'create OK',
        'create again FEILET ALLEREDE_AKTIV',
        'delete OK',
      ]);
      assert.deepEqual(await open().mailboxes(PERSON), []);
    });
  }

  for (const [name, change] of Object.entries(tampered)) {
    it(`does not believe an answer that was changed on the way (${name})`, async () => {
      const spoil = (answer: string): string => (answer.includes('>JA<') ? change(answer) : answer);
      const [possible] = await tampering(observed(), spoil, (service) => call(observed(), service));
      assert.match(possible ?? '', /^can choose (?:fault .*|not signed by the server)$/);
    });
  }

  it('saves, reads, and finds FaultDetails at the Jobnet service, over mutual TLS', async () => {
    const stage = observed();
    const { url, tlsUrl } = stage.emulator;
    const jobnet = clientOf(stage.emulator, 'jobnet');
    const danish = await build(stage, 'danish_client', `${url}/${JOBNET}?wsdl`);
    const identity = stage.write('jobnet.pem', jobnet.certificatePem + jobnet.keyPem);
    assert.deepEqual(
      await succeed(danish, `${tlsUrl}/${JOBNET}`, identity, stage.files.trust, '10000009', USER),
      ['save OK', 'get gsoap@example.dk 3 1', 'FaultDetails 9158 The submitted mail address is invalid'],
    );
  }).timeout(120_000);
});
