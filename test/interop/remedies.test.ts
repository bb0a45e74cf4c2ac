// What an explanation tells the user of a stack to change is tried with that stack: with the setting wrong the message is refused and
// that cause told first; with the setting right it is accepted.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Explained } from '../../src/explain/explained.ts';
import { leaves, trusted } from '../attacks/authority.ts';
import type { Credentials } from '../attacks/message.ts';
import { control } from '../running.ts';
import type { Options } from '../starting.ts';
import { sentByGsoap } from './remedies/gsoap.ts';
import { sentByJaxws } from './remedies/jaxws.ts';
import { causeTried, type TriedStack, tried } from './remedies/tried.ts';
import { signedByWss4j } from './remedies/wss4j.ts';
import { describeWith, type Stack as Needed, PYTHON, stacks } from './stacks.ts';
import { leafOf, type Reply, type Stage, staged } from './stage.ts';
import { run } from './tool.ts';

const HERE = join(import.meta.dirname, 'remedies');
const MESSAGES = 'http://kontaktinfo.difi.no/xsd/postkasseleverandoer/v1';
/** A letter beyond ASCII, for what goes wrong with those alone. */
const body = (person: string): string =>
  `<m:OpprettPostkasseForespoersel xmlns:m="${MESSAGES}"><m:personidentifikator>${person}</m:personidentifikator><m:postkasseleverandoerOrgNummer>984661185</m:postkasseleverandoerOrgNummer><m:postkasseadresse>bjørn.testesen#1234</m:postkasseadresse></m:OpprettPostkasseForespoersel>`;

interface Case {
  readonly cause: string;
  readonly wrong: boolean;
}

/** What a stack sends: a text under the usual headers, or bytes under headers of the stack's own. */
type Sent = string | { readonly base64: string; readonly headers?: Readonly<Record<string, string>> };

/** Makes the messages of all cases, in one process. */
type Signing = (stage: Stage, cases: readonly Case[], signer: Credentials) => Promise<Sent[]>;

const signedBy =
  (command: string, argumentsOf: (stage: Stage) => readonly string[]): Signing =>
  async (stage, cases, { certificatePem, keyPem }) => {
    const input = JSON.stringify({
      key: keyPem,
      certificate: leafOf(certificatePem),
      service: stage.service,
      body: body('12838410985'),
      cases,
    });
    const { ok, output, said } = await run(command, argumentsOf(stage), { input });
    assert.ok(ok, said);
    return JSON.parse(output.toString('utf8')) as Sent[];
  };

/** What plays a stack, and makes its messages. */
interface Player {
  readonly needs: readonly Needed[];
  readonly sign: Signing;
  /** Where it plays; by default under `observed`, by digipost. */
  readonly setting?: Setting;
  /** Causes that have a place of their own. */
  readonly settings?: Readonly<Record<string, Setting>>;
}

interface Setting {
  readonly options?: Options;
  readonly signer?: () => Credentials;
}

const USUAL: Setting = {};
/** What is tried is no matter of signing. */
const UNSIGNED: Setting = { options: { profile: 'none' } };

const players: Readonly<Record<TriedStack, Player>> = {
  PHP: { needs: [stacks.phpDom, stacks.php], sign: signedBy('php', () => [join(HERE, 'remedies.php')]) },
  zeep: {
    needs: [stacks.zeep],
    sign: signedBy(PYTHON, ({ emulator, files, write }) => [
      join(HERE, 'remedies.py'),
      files.key,
      files.certificate,
      write('other.key', emulator.pki.clients.get('eboks')?.keyPem ?? ''),
    ]),
  },
  'xml-crypto': {
    needs: [stacks.nodeSoap],
    sign: signedBy(process.execPath, () => [join(HERE, 'remedies.mjs')]),
  },
  'CXF/WSS4J': {
    needs: [stacks.wss4j],
    sign: (stage, cases, signer) => signedByWss4j(stage, cases, signer, body('12838410985')),
    // A certificate may be named under this profile, and this one is trusted and known to nobody.
    settings: {
      'token-missing': { options: { profile: '14-05', trust: trusted() }, signer: leaves.sound },
    },
  },
  'JAX-WS': {
    needs: [stacks.jaxws],
    sign: (stage, cases) => sentByJaxws(stage, cases, body('12838410985')),
    setting: UNSIGNED,
  },
  gSOAP: { needs: [stacks.gsoap], sign: sentByGsoap, setting: UNSIGNED },
  'node-soap': {
    needs: [stacks.nodeSoap],
    sign: signedBy(process.execPath, () => [join(HERE, 'node_soap.mjs')]),
  },
};

/** What only a clock shows nobody can prove. */
const LIKELY = ['local-time-as-utc'];

const sendTo = ({ post }: Stage, sent: Sent): Promise<Reply> =>
  typeof sent === 'string' ? post(sent) : post(Buffer.from(sent.base64, 'base64'), sent.headers);

/** The explanation of the last exchange. */
const explained = async ({ emulator: { url } }: Stage): Promise<Explained> => {
  const { json } = await control(url, 'GET', '/journal?limit=1');
  const [entry] = (json as { entries: { number: number }[] }).entries;
  const { json: explanation } = await control(url, 'GET', `/journal/${entry?.number}/explanation`);
  return explanation as Explained;
};

const digipost = ({ emulator }: Stage): Credentials =>
  emulator.pki.clients.get('digipost') ?? assert.fail('the client digipost');

/** The causes by where they are tried. */
const settingsOf = (
  { setting = USUAL, settings = {} }: Player,
  causes: readonly string[],
): Map<Setting, string[]> => {
  const found = new Map<Setting, string[]>();
  for (const cause of causes) {
    const where = settings[cause] ?? setting;
    found.set(where, [...(found.get(where) ?? []), cause]);
  }
  return found;
};

const tryOn = (
  { needs, sign }: Player,
  name: TriedStack,
  { options, signer }: Setting,
  causes: readonly string[],
) =>
  describeWith(
    needs,
    `the remedies for ${name}${options?.profile ? ` under ${options.profile}` : ''}`,
    () => {
      const stage = staged(options);
      const messages = new Map<string, { readonly wrong: Sent; readonly right: Sent }>();
      before(async function () {
        this.timeout(240_000);
        const cases = causes.flatMap((cause) => [true, false].map((wrong) => ({ cause, wrong })));
        const texts = await sign(stage(), cases, signer?.() ?? digipost(stage()));
        for (const [index, cause] of causes.entries())
          messages.set(cause, { wrong: texts[2 * index] ?? '', right: texts[2 * index + 1] ?? '' });
      });

      for (const cause of causes)
        it(`${cause}: refused and told, and accepted when the setting is right`, async () => {
          const { wrong = '', right = '' } = messages.get(cause) ?? {};
          const refused = await sendTo(stage(), wrong);
          assert.notEqual(refused.problem, undefined, 'refused');
          const [first] = (await explained(stage())).causes;
          assert.deepEqual(
            [first?.cause, first?.certain],
            [causeTried(cause), !LIKELY.includes(cause)],
            String(refused.problem),
          );
          const accepted = await sendTo(stage(), right);
          assert.deepEqual([accepted.status, accepted.problem], [200, undefined], String(accepted.body));
        });
    },
  );

for (const [name, causes] of tried)
  for (const [setting, some] of settingsOf(players[name], causes)) tryOn(players[name], name, setting, some);
