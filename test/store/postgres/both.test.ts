// Two emulators over one PostgreSQL database are one: whatever is done at one of them is so at the other, at once.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { newDirectory } from '../../directories.ts';
import { describeWith, stacks } from '../../interop/stacks.ts';
import { kontakt } from '../../program.ts';
import { control, DIGIPOST, EBOKS, post, signed } from '../../running.ts';
import { synthetic } from '../../seeds/synthetic.ts';
import { times } from '../contract/verbs.ts';
import { asked, type Both, openBoth } from './both.ts';
import { cluster } from './cluster.ts';

const PERSON = '12838410985';
const FROZEN = '2031-05-06T07:08:09.000Z';

describeWith([stacks.postgresql], 'two emulators over one PostgreSQL database', () => {
  let both: Both;
  before(async function () {
    this.timeout(60_000);
    both = await openBoth();
  });
  after(() => both?.close());
  beforeEach(() => both.one.reset());

  const numbers = (log: string): number[] =>
    cluster().sql(both.store, `SELECT number FROM kontakt.${log} ORDER BY number`).map(Number);
  const assertGapless = (log: string, atLeast: number): void => {
    const all = numbers(log);
    assert.ok(all.length >= atLeast, `${all.length} rows`);
    assert.deepEqual(
      all,
      times(all.length, (index) => index + 1),
    );
  };

  it('that started at the same moment seeded it once', async () => {
    const [one, other] = await Promise.all([both.one.persons.no.list(), both.other.persons.no.list()]);
    assert.deepEqual(one, other);
    const seeded = numbers('no_change').length;
    assert.equal(seeded, one.length);
  });

  it('know each other’s persons, and neither loses a change of the other', async () => {
    const { one, other } = both;
    await one.persons.no.put({ id: PERSON, reservert: true });
    assert.equal((await other.persons.no.get(PERSON)).reservert, true);
    await other.persons.no.remove(PERSON);
    // Who follows the changes must learn of it, so something is left of a Norwegian person.
    assert.equal((await one.persons.no.get(PERSON)).status, 'SLETTET');
    const [citizen = assert.fail('no citizen')] = await other.persons.dk.list({ limit: 1 });
    await one.persons.dk.remove(citizen.id);
    await assert.rejects(other.persons.dk.get(citizen.id), /there is no/);
    const before = numbers('no_change').length;
    await Promise.all(
      times(60, (index) =>
        (index % 2 === 0 ? one : other).persons.no.put({ id: PERSON, reservert: index % 3 === 0 }),
      ),
    );
    assertGapless('no_change', before + 60);
    assert.deepEqual(await one.persons.no.get(PERSON), await other.persons.no.get(PERSON));
  });

  it('let exactly one of two providers open a person’s mailbox with them', async () => {
    const { one, other } = both;
    const open = (where: typeof one, as: string, orgnr: string) =>
      where.call('postkasseleverandoer.OpprettOgVelgSikkerDigitalPostkasse', {
        as,
        set: { personidentifikator: PERSON, postkasseleverandoerOrgNummer: orgnr },
      });
    for (let round = 0; round < 5; round += 1) {
      await one.persons.no.put({ id: PERSON });
      const answers = await Promise.all([open(one, 'digipost', DIGIPOST), open(other, 'eboks', EBOKS)]);
      const { postkasser } = await one.persons.no.get(PERSON);
      const active = postkasser.filter(({ aktiv }) => aktiv);
      assert.equal(active.length, 1, JSON.stringify(answers.map(({ fields }) => fields)));
    }
  });

  it('accept a signed message once, whichever of them has it first', async () => {
    const { one, other } = both;
    const { certificatePem, keyPem } = await one.certificates.get('digipost');
    const client = { certificatePem: certificatePem.split(/(?<=END CERTIFICATE-----\n)/)[0] ?? '', keyPem };
    for (let round = 0; round < 8; round += 1) {
      const message = signed('KanVelgeSikkerDigitalPostkasse', { personidentifikator: PERSON }, client);
      const replies = await Promise.all(
        times(6, (index) => post((index % 2 === 0 ? one : other).url, message)),
      );
      assert.equal(replies.filter(({ http }) => http === 200).length, 1);
      const again = await post((round % 2 === 0 ? one : other).url, message);
      assert.notEqual(again.http, 200);
    }
  });

  it('heed a code that the other one sent, and count wrong ones together', async () => {
    const { one, other } = both;
    const saved = await one.call('jobnet.SavePersonContactData');
    assert.ok(saved.accepted, saved.response);
    const sending = await other.call('jobnet.GetVerificationCode');
    assert.ok(sending.accepted, sending.response);
    const [sent] = await one.outbox.list({ limit: 1 });
    assert.deepEqual(await other.outbox.list(), await one.outbox.list());
    const verify = (where: typeof one, code: string) =>
      where.call('rest.UpdateVerificerKontaktinformation', { set: { verifikationskode: code } });
    const wrong = sent?.code === '000000' ? '111111' : '000000';
    for (const where of [one, other, one, other, one]) assert.ok(!(await verify(where, wrong)).accepted);
    const last = await verify(other, sent?.code ?? '');
    assert.ok(!last.accepted);
    assert.match(last.response, /9244/);
    await asked(one, 'PUT', '/clock', { advance: 'PT16M' });
    assert.ok((await other.call('jobnet.GetVerificationCode')).accepted);
    const [anew] = await other.outbox.list({ limit: 1 });
    const verified = await verify(one, anew?.code ?? '');
    assert.ok(verified.accepted, verified.response);
    assertGapless('dk_outbox', 2);
    assertGapless('dk_access', 9);
    assert.deepEqual(await one.accessLog.list(), await other.accessLog.list());
  });

  it('have the organisations that were put at the other one before', async () => {
    const { one, other } = both;
    const call = (where: typeof one) =>
      where.call('postkasseleverandoer.KanVelgeSikkerDigitalPostkasse', { as: 'digipost' });
    for (let round = 0; round < 5; round += 1) {
      const { providers } = await one.organisations.no.list();
      await one.organisations.no.replace({ providers: [] });
      assert.deepEqual((await other.organisations.no.list()).providers, []);
      assert.ok(!(await call(other)).accepted);
      await other.organisations.no.replace({ providers });
      assert.ok((await call(one)).accepted);
    }
  });

  it('add relations at the same time, and neither loses one of the other', async () => {
    const { one, other } = both;
    const before = (await one.organisations.no.list()).relations.length;
    const added = ['991825827', '987464291', '922020175', '889640782'].map((onBehalfOf) => ({
      organisation: DIGIPOST,
      onBehalfOf,
      service: 'OPPSLAGSTJENESTEN' as const,
    }));
    await Promise.all(
      added.map((relation, index) =>
        (index % 2 === 0 ? one : other).organisations.no.relate({ add: [relation] }),
      ),
    );
    const [here, there] = await Promise.all([one.organisations.no.list(), other.organisations.no.list()]);
    assert.deepEqual(here, there);
    assert.equal(here.relations.length, before + added.length);
  });

  it('heed what is in the database where the word of it was lost', async () => {
    const { one, other } = both;
    const { providers } = await one.organisations.no.list();
    assert.ok(providers.length > 0);
    // As if somebody had put it and its notification had gone nowhere.
    cluster().sql(
      both.store,
      `UPDATE kontakt.value SET version = version + 1, body = jsonb_set(body::jsonb, '{providers}', '[]')::text
         WHERE name = 'no_organisations';
       INSERT INTO kontakt.counter AS old VALUES ('.values', 1) ON CONFLICT (name) DO UPDATE SET value = old.value + 1`,
    );
    const answers = await Promise.all(
      [one, other].map((where) =>
        where.call('postkasseleverandoer.KanVelgeSikkerDigitalPostkasse', { as: 'digipost' }),
      ),
    );
    assert.deepEqual(
      answers.map(({ accepted }) => accepted),
      [false, false],
    );
  });

  it('show the same time on both hands, and each move counts', async () => {
    const { one, other } = both;
    await one.clock.freeze(FROZEN, 'both');
    assert.deepEqual(await other.clock.read(), await one.clock.read());
    assert.equal((await other.clock.read()).security.now, FROZEN);
    await Promise.all(times(20, (index) => (index % 2 === 0 ? one : other).clock.advance('PT1M', 'both')));
    for (const where of [one, other]) {
      const { register, security } = await where.clock.read();
      assert.deepEqual(
        [register.now, security.now],
        times(2, () => '2031-05-06T07:28:09.000Z'),
      );
    }
    await other.reset();
    for (const where of [one, other]) {
      const { register, security } = await where.clock.read();
      assert.deepEqual([register.mode, security.mode], ['real', 'real']);
    }
    await assert.rejects(one.clock.advance('P9000Y'), /leads to no instant/);
  });

  it('judge Timestamps by a clock that was turned at the other one', async () => {
    const { one, other } = both;
    const call = () => other.call('postkasseleverandoer.KanVelgeSikkerDigitalPostkasse', { as: 'digipost' });
    for (let round = 0; round < 3; round += 1) {
      await one.clock.offset('-P1D', 'security');
      assert.ok(!(await call()).accepted);
      await one.clock.real('security');
      assert.ok((await call()).accepted);
    }
    assert.ok((await one.call('postkasseleverandoer.KanVelgeSikkerDigitalPostkasse')).accepted);
    const judged = await Promise.all([one, other].map(({ journal }) => journal.list({ limit: 1 })));
    assert.equal(new Set(judged.map(([last]) => last?.judged?.trust ?? assert.fail())).size, 1);
  });

  it('have the profiles that services were given at the other one, until either is put back', async () => {
    const { one, other } = both;
    const observed = await other.profiles.read();
    await one.profiles.set({ postkasseleverandoer: 'none' });
    assert.deepEqual(await other.profiles.read(), await one.profiles.read());
    const unsigned = () =>
      other.call('postkasseleverandoer.KanVelgeSikkerDigitalPostkasse', { as: 'digipost', unsigned: true });
    assert.ok((await unsigned()).accepted);
    await other.profiles.set({ oppslagstjeneste: 'strict' });
    await other.reset();
    assert.deepEqual(await one.profiles.read(), observed);
    assert.ok(!(await unsigned()).accepted);
  });

  it('are put back together: whoever asks meanwhile is told, and afterwards all is as it began', async () => {
    const { one, other } = both;
    const before = await other.persons.no.list();
    await one.persons.no.remove(before[0]?.id ?? '');
    let over = false;
    const resets = (async () => {
      for (let round = 0; round < 5; round += 1) await (round % 2 === 0 ? one : other).reset();
      over = true;
    })();
    const seen = new Set<number>();
    while (!over) {
      const { http, json } = await control(one.url, 'PUT', `/persons/no/${PERSON}`, {});
      seen.add(http);
      if (http === 503) assert.match(JSON.stringify(json), /is being reset|has the register to itself/);
      await setTimeout(1);
    }
    await resets;
    await one.reset();
    assert.deepEqual(
      [...seen].filter((http) => http !== 200 && http !== 503),
      [],
    );
    assert.deepEqual(
      (await other.persons.no.list()).map(({ id }) => id),
      before.map(({ id }) => id),
    );
    assert.deepEqual(await other.persons.no.list(), await one.persons.no.list());
    assertGapless('no_change', before.length);
  });

  it('take a file of persons at one, and write the same at the other', async () => {
    const [taken, written] = [
      join(newDirectory(), 'taken.ndjson'),
      join(newDirectory(), 'written.ndjson.gz'),
    ];
    const numbers = synthetic(2500);
    writeFileSync(taken, numbers.map((id) => `${JSON.stringify({ id })}\n`).join(''));
    await both.one.reset({ seed: 'none' });
    const run = async (emulator: typeof both.one, ...args: string[]): Promise<string> => {
      const { code, stdout, stderr } = await kontakt([...args, '--url', emulator.url]);
      assert.equal(code, 0, stderr);
      return stdout;
    };
    assert.match(await run(both.one, 'import', taken), /^2500 persons of .* are in the register\n$/);
    await run(both.other, 'export', written);
    const lines = gunzipSync(readFileSync(written)).toString().trimEnd().split('\n');
    assert.deepEqual(
      lines.map((line) => (JSON.parse(line) as { id: string }).id),
      numbers,
    );
    assertGapless('no_change', 2500);
  });

  it('never give an exchange the number of another', async () => {
    const { one, other } = both;
    const all = await one.journal.list({ limit: 1000 });
    const given = all.map(({ number }) => number);
    assert.ok(given.length > 20);
    assert.equal(new Set(given).size, given.length);
    assert.ok((await other.journal.list({ limit: 1000 })).length >= given.length);
    // Each emulator has a block of numbers of its own.
    assert.equal(new Set(given.map((number) => Math.floor(number / 100_000))).size, 2);
  });
});
