// Generated messages, both ways: what xmlsec1 signs within a profile is accepted, and what answers it xmlsec1 verifies.
//
// By hand: ORACLE_MESSAGES=1000 ORACLE_SEED=1 npx mocha test/interop/generated.test.ts

import assert from 'node:assert/strict';
import { PERSON } from '../attacks/arena.ts';
import { NS } from '../attacks/names.ts';
import { createDice } from '../dice.ts';
import { clientOf, signed } from '../running.ts';
import { openJudge } from '../security/judge.ts';
import { drawTemplate, type Template } from './generated.ts';
import { xmlsecVerify } from './judges.ts';
import { describeWith, stacks } from './stacks.ts';
import { type Stage, staged } from './stage.ts';
import { run } from './tool.ts';

const MESSAGES = Number(process.env.ORACLE_MESSAGES ?? 40);
const SEED = Number(process.env.ORACLE_SEED ?? 20_260_104);

/** A question, with the message namespace under the given prefix. */
const question = (prefix: string, comment: string): string => {
  const p = prefix === '' ? '' : `${prefix}:`;
  const name = `${p}KanVelgeSikkerDigitalPostkasseForespoersel`;
  const number = `${PERSON.slice(0, 4)}${comment}<![CDATA[${PERSON.slice(4, 7)}]]>&#${PERSON.charCodeAt(7)};${PERSON.slice(8)}`;
  return `<${name} xmlns${prefix === '' ? '' : `:${prefix}`}="${NS.m}"><${p}personidentifikator>${number}</${p}personidentifikator></${name}>`;
};

const signedBy = async (stage: Stage, { text, ids }: Template): Promise<Buffer> => {
  const args = ['--sign', '--privkey-pem', stage.files.key, ...ids, stage.write('template.xml', text)];
  const { ok, output, said } = await run('xmlsec1', args);
  assert.ok(ok, `${said}\n${text}`);
  return output;
};

describeWith([stacks.xmlsec1], 'generated messages and xmlsec1', () => {
  const observed = staged();
  const strict = staged({ profile: 'strict' });

  /** Messages of a profile and a SOAP version, each with its number. */
  const each = async (
    stage: Stage,
    loose: boolean,
    soap12: boolean,
    work: (template: Template, message: Buffer, place: number) => Promise<void>,
  ): Promise<void> => {
    const certificatePem = clientOf(stage.emulator, 'digipost').certificatePem;
    for (let place = 0; place < MESSAGES / 4; place += 1) {
      const dice = createDice(Math.imul(SEED, 0x9e3779b1) ^ (place * 4 + (loose ? 2 : 0) + (soap12 ? 1 : 0)));
      const template = drawTemplate(
        { certificatePem, now: Date.now(), payload: question },
        loose,
        soap12,
        dice,
      );
      await work(template, await signedBy(stage, template), place);
    }
  };

  for (const name of ['observed', 'strict'] as const) {
    const loose = name === 'observed';

    it(`are accepted where xmlsec1 signs them, and xmlsec1 verifies the answers (${name}, SOAP 1.1)`, async () => {
      const stage = loose ? observed() : strict();
      await each(stage, loose, false, async (_template, message, place) => {
        const { status, body, problem } = await stage.post(message);
        assert.equal(problem, undefined, `message ${place} of seed ${SEED}: ${message}`);
        assert.equal(status, 200);
        const verified = await xmlsecVerify(stage, body);
        assert.ok(verified.ok, verified.said);
      });
    }).timeout(0);

    it(`are accepted where xmlsec1 signs them (${name}, SOAP 1.2)`, async () => {
      const stage = loose ? observed() : strict();
      const judge = await openJudge(Date.now(), stage.emulator.pki);
      await each(stage, loose, true, async (_template, message, place) => {
        const verdict = judge.verdict(message, Date.now(), name, '1.2');
        assert.ok(
          verdict.accepted,
          `${JSON.stringify(verdict)}, message ${place} of seed ${SEED}: ${message}`,
        );
        assert.equal(verdict.organisation, '984661185');
        assert.ok(verdict.meaning.includes(PERSON), verdict.meaning);
      });
    }).timeout(0);
  }

  it('are refused by strict for what only observed lets pass, and for that reason', async () => {
    let refused = 0;
    await each(observed(), true, false, async (template, message, place) => {
      const { problem } = await strict().post(message);
      // The stages have PKIs of their own: what is no reason of form is one of trust.
      const expected = template.strict ?? 'security.certificate-untrusted';
      assert.equal(problem, expected, `message ${place} of seed ${SEED}: ${message}`);
      if (template.strict !== undefined) refused += 1;
    });
    assert.ok(refused > 0);
  }).timeout(0);

  it('are refused after any change of what they say', async () => {
    const stage = observed();
    await each(stage, true, false, async (_template, message) => {
      const text = message.toString('utf8');
      const changed = text.replace(/(?<=CDATA\[)\d/, (digit) => `${9 - Number(digit)}`);
      assert.notEqual(changed, text);
      const { problem } = await stage.post(changed);
      assert.equal(problem, 'security.digest', changed);
    });
  }).timeout(0);

  it('verify by xmlsec1 where the command line signs them', async () => {
    const stage = observed();
    const client = clientOf(stage.emulator, 'digipost');
    const ids = ['--id-attr:Id', 'Timestamp', '--id-attr:Id', 'Body'];
    const odd = [
      '<',
      '>',
      '&',
      '"',
      "'",
      '\t',
      '\n',
      '\r',
      ' ',
      '\u00e6',
      '\u{1f600}',
      ']]>',
      'a',
      '#',
    ] as const;
    for (let place = 0; place < MESSAGES / 4; place += 1) {
      const dice = createDice(Math.imul(SEED, 0x9e3779b1) ^ place);
      const address = Array.from({ length: 8 + dice.below(40) }, () => dice.pick(odd)).join('');
      const values = {
        personidentifikator: PERSON,
        postkasseleverandoerOrgNummer: '984661185',
        postkasseadresse: address,
      };
      const message = signed('OpprettPostkasse', values, client);
      const args = [
        '--verify',
        '--pubkey-cert-pem',
        stage.files.certificate,
        '--trusted-pem',
        stage.files.trust,
      ];
      const { ok, said } = await run('xmlsec1', [...args, ...ids, stage.write('signed.xml', message)]);
      assert.ok(ok, `${said}\n${message}`);
    }
  }).timeout(0);
});
