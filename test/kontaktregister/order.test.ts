// The checks before the rules proper: organisation numbers, the caller, and which fault is told first.

import assert from 'node:assert/strict';
import type { ContentCommand, Verdict } from '../../src/kontaktregister/postkasseleverandoer/rule.ts';
import type { Person } from '../../src/kontaktregister/register/person.ts';
import { DIGIPOST, EBOKS } from '../running.ts';
import { aMailbox, aPerson, BAD_DER, codeOf, decide, ruleNames } from './circumstances.ts';

const OK = 'OK';
const ALREADY = 'ALLEREDE_AKTIV';

describe('organisation numbers', () => {
  it('are taken with 9908: and 0192: before them, and stored bare', () => {
    for (const prefix of ['9908:', '0192:']) {
      const { next } = decide('opprett', aPerson(), { postkasseleverandoerOrgNummer: prefix + DIGIPOST });
      assert.equal(next?.mailboxes[0]?.provider, DIGIPOST, prefix);
      const person = aPerson({ mailboxes: [aMailbox(DIGIPOST, false)] });
      assert.equal(codeOf(decide('velg', person, { postkasseleverandoerOrgNummer: prefix + DIGIPOST })), OK);
    }
  });

  it('are refused with another scheme, two schemes, or a scheme and a wrong number', () => {
    for (const number of [`9909:${DIGIPOST}`, `9908:0192:${DIGIPOST}`, '9908:984661186', ` ${DIGIPOST}`])
      assert.equal(
        codeOf(decide('opprett', aPerson(), { postkasseleverandoerOrgNummer: number })),
        'UGYLDIG_ORGNR',
        number,
      );
  });
});

describe('a provider that is not approved', () => {
  const remedyWith = (count: number): string => {
    const providers = Array.from({ length: count }, (_, index) => ({
      orgnr: `98466118${index}`,
      navn: `No. ${index}`,
    }));
    const message = { postkasseleverandoerOrgNummer: '991825827' };
    const circumstances = { caller: { organisation: undefined }, providers: () => providers };
    return decide('opprett', aPerson(), message, circumstances).result?.explanation.remedy ?? '';
  };

  it('is told of those that are, five by name, the others by number', () => {
    const five = [0, 1, 2, 3, 4].map((one) => `98466118${one} No. ${one}`).join(', ');
    assert.equal(
      remedyWith(5),
      `use an approved provider (${five}), or add one with PUT /_emulator/organisations`,
    );
    assert.equal(
      remedyWith(7),
      `use an approved provider (${five} and 2 more), or add one with PUT /_emulator/organisations`,
    );
    assert.equal(remedyWith(0), 'no provider is approved: add one with PUT /_emulator/organisations');
  });
});

describe('the caller', () => {
  it('may act for itself only', () => {
    for (const name of ruleNames.filter((one) => one !== 'kanVelge')) {
      const verdict = decide(name, aPerson(), {}, { caller: { organisation: EBOKS } });
      assert.equal(codeOf(verdict), 'UGYLDIG_ORGNR', name);
      assert.match(verdict.result?.explanation.expected ?? '', new RegExp(EBOKS));
    }
  });

  it('who is anonymous is asked for nothing but an approved number in the message', () => {
    const anonymous = { caller: { organisation: undefined } };
    for (const name of ruleNames)
      assert.equal(codeOf(decide(name, aPerson(), {}, anonymous)), codeOf(decide(name, aPerson())), name);
    const unapproved = decide(
      'opprett',
      aPerson(),
      { postkasseleverandoerOrgNummer: '991825827' },
      anonymous,
    );
    assert.equal(codeOf(unapproved), 'UGYLDIG_ORGNR');
  });

  it('who is no approved provider gets UGYLDIG_ORGNR from KanVelge too', () => {
    const verdict = decide('kanVelge', aPerson(), {}, { caller: { organisation: '991825827' } });
    assert.equal(codeOf(verdict), 'UGYLDIG_ORGNR');
  });
});

describe('the order of checks', () => {
  // Each step spoils one thing more; the earliest in this list must be the one that is told.
  const wrong: readonly {
    readonly code: string;
    readonly command?: Partial<ContentCommand>;
    readonly person?: Partial<Person> | 'unknown';
  }[] = [
    { code: 'UGYLDIG_PERSONNUMMER', command: { personidentifikator: '12838410986' } },
    { code: 'UGYLDIG_ORGNR', command: { postkasseleverandoerOrgNummer: '987654321' } },
    { code: 'UGYLDIG_SERTIFIKAT', command: { x509Sertifikat: BAD_DER } },
    { code: 'BRUKER_IKKE_FUNNET', person: 'unknown' },
    { code: 'BRUKER_IKKE_FUNNET', person: { status: 'SLETTET', deletionCause: 'Død' } },
    { code: 'RESERVERT', person: { reserved: true } },
    { code: ALREADY, person: { mailboxes: [aMailbox(DIGIPOST, true)] } },
  ];

  const spoil = (faults: typeof wrong): Verdict => {
    const person = faults.some((fault) => fault.person === 'unknown')
      ? undefined
      : aPerson(Object.assign({}, ...faults.map((fault) => fault.person)));
    return decide('opprettOgVelg', person, Object.assign({}, ...faults.map((fault) => fault.command)));
  };

  it('answers each fault by its own code', () => {
    for (const fault of wrong) {
      assert.equal(codeOf(spoil([fault])), fault.code);
      assert.equal(spoil([fault]).next, undefined);
    }
  });

  it('answers the earlier of any two, and the first of all from each point on', () => {
    for (const [place, earlier] of wrong.entries()) {
      for (const later of wrong.slice(place + 1)) assert.equal(codeOf(spoil([earlier, later])), earlier.code);
      assert.equal(codeOf(spoil(wrong.slice(place))), earlier.code);
    }
  });

  it('of the organisation number: arithmetic, then approval, then the signer', () => {
    const found = (postkasseleverandoerOrgNummer: string): string =>
      decide('opprett', aPerson(), { postkasseleverandoerOrgNummer }).result?.explanation.expected ?? '';
    assert.match(found('987654321'), /control digit/);
    assert.match(found('991825827'), /list of approved/);
    assert.match(found(EBOKS), /signing certificate/);
  });

  it('leaves the reservation out for Slett, and a deleted person is nobody even there', () => {
    const mailboxes = [aMailbox(DIGIPOST, true)];
    assert.equal(codeOf(decide('slett', aPerson({ mailboxes, reserved: true }))), OK);
    assert.equal(codeOf(decide('slett', aPerson({ mailboxes, status: 'SLETTET' }))), 'BRUKER_IKKE_FUNNET');
    for (const name of ruleNames.filter((one) => one !== 'slett'))
      assert.equal(codeOf(decide(name, aPerson({ reserved: true }))), 'RESERVERT', name);
  });
});
