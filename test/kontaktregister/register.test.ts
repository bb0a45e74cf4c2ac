// The rules of the mailbox providers' service: every cell of the contract's table, and what an accepted operation does.

import assert from 'node:assert/strict';
import type { Verdict } from '../../src/kontaktregister/postkasseleverandoer/rule.ts';
import type { Mailbox } from '../../src/kontaktregister/register/person.ts';
import { DIGIPOST, EBOKS } from '../running.ts';
import {
  aMailbox,
  aPerson,
  codeOf,
  decide,
  type RuleName,
  ruleNames,
  rules,
  usual,
  usualCommand,
} from './circumstances.ts';

const states: Readonly<Record<string, readonly Mailbox[]>> = {
  none: [],
  'own inactive': [aMailbox(DIGIPOST, false)],
  'own active': [aMailbox(DIGIPOST, true)],
  'other inactive': [aMailbox(EBOKS, false)],
  'other active': [aMailbox(EBOKS, true)],
  'own inactive, other inactive': [aMailbox(DIGIPOST, false), aMailbox(EBOKS, false)],
  'own inactive, other active': [aMailbox(DIGIPOST, false), aMailbox(EBOKS, true)],
  'own active, other inactive': [aMailbox(DIGIPOST, true), aMailbox(EBOKS, false)],
};

const ALREADY = 'ALLEREDE_AKTIV';
const NONE = 'INGEN_POSTBOKS_FUNNET';
const THERE = 'POSTKASSE_EKSISTERER_ALLEREDE';
const OK = 'OK';

// In the order of ruleNames: KanVelge, OpprettOgVelg, Velg, Opprett, Oppdater, Slett.
const table: Readonly<Record<string, readonly string[]>> = {
  none: [OK, OK, NONE, OK, NONE, NONE],
  'own inactive': [OK, THERE, OK, THERE, OK, OK],
  'own active': [ALREADY, ALREADY, ALREADY, THERE, OK, OK],
  'other inactive': [OK, OK, NONE, OK, NONE, NONE],
  'other active': [ALREADY, ALREADY, NONE, OK, NONE, NONE],
  'own inactive, other inactive': [OK, THERE, OK, THERE, OK, OK],
  'own inactive, other active': [ALREADY, ALREADY, ALREADY, THERE, OK, OK],
  'own active, other inactive': [ALREADY, ALREADY, ALREADY, THERE, OK, OK],
};

/** The cells that the switch `displace` changes. */
const displaced: Readonly<Record<string, Partial<Record<RuleName, string>>>> = {
  'other active': { opprettOgVelg: OK },
  'own inactive, other active': { opprettOgVelg: THERE, velg: OK },
};

const mailboxOf = ({ next }: Verdict, provider: string): Mailbox | undefined =>
  next?.mailboxes.find((mailbox) => mailbox.provider === provider);

describe('the table of operations and states', () => {
  for (const [state, mailboxes] of Object.entries(states))
    for (const [place, name] of ruleNames.entries()) {
      const expected = table[state]?.[place] ?? '';
      const withDisplace = displaced[state]?.[name] ?? expected;
      it(`${name} answers ${expected} to: ${state}${withDisplace === expected ? '' : ` (displacing: ${withDisplace})`}`, () => {
        assert.equal(codeOf(decide(name, aPerson({ mailboxes }))), expected);
        assert.equal(codeOf(decide(name, aPerson({ mailboxes }), {}, { displace: true })), withDisplace);
      });
    }
});

describe('an accepted operation', () => {
  const both = aPerson({ mailboxes: [aMailbox(DIGIPOST, false), aMailbox(EBOKS, false)] });

  it('stores what was sent: inactive by Opprett, active by OpprettOgVelg', () => {
    for (const [name, active] of [['opprett', false] as const, ['opprettOgVelg', true] as const]) {
      const { postkasseadresse: address, x509Sertifikat: certificate } = usualCommand;
      assert.deepEqual(
        decide(name, aPerson()).next,
        aPerson({ mailboxes: [{ provider: DIGIPOST, address, certificate, active } as Mailbox] }),
      );
    }
  });

  it('without a certificate stores none', () => {
    const { x509Sertifikat: _, ...command } = usualCommand;
    const { next } = rules.opprett(aPerson(), command, usual);
    assert.deepEqual(Object.keys(next?.mailboxes[0] ?? {}), ['provider', 'address', 'active']);
  });

  it('chooses by Velg, and leaves content and other providers as they were', () => {
    const verdict = decide('velg', both);
    assert.deepEqual(mailboxOf(verdict, DIGIPOST), aMailbox(DIGIPOST, true));
    assert.deepEqual(mailboxOf(verdict, EBOKS), aMailbox(EBOKS, false));
  });

  it('updates address and certificate, never whether the mailbox is chosen', () => {
    for (const active of [true, false]) {
      const person = aPerson({ mailboxes: [aMailbox(DIGIPOST, active)] });
      const updated = mailboxOf(decide('oppdater', person), DIGIPOST);
      assert.equal(updated?.address, usualCommand.postkasseadresse);
      assert.deepEqual(updated?.certificate, usualCommand.x509Sertifikat);
      assert.equal(updated?.active, active);
    }
  });

  it('deletes its own row only', () => {
    assert.deepEqual(decide('slett', both).next?.mailboxes, [aMailbox(EBOKS, false)]);
  });

  it('displaces the other provider’s active mailbox, which stays as an inactive one', () => {
    const person = aPerson({ mailboxes: [aMailbox(DIGIPOST, false), aMailbox(EBOKS, true)] });
    const chosen = decide('velg', person, {}, { displace: true });
    assert.deepEqual(mailboxOf(chosen, EBOKS), aMailbox(EBOKS, false));
    assert.equal(mailboxOf(chosen, DIGIPOST)?.active, true);
    const only = aPerson({ mailboxes: [aMailbox(EBOKS, true)] });
    const created = decide('opprettOgVelg', only, {}, { displace: true });
    assert.deepEqual(
      created.next?.mailboxes.map(({ active }) => active),
      [false, true],
    );
  });

  it('by KanVelge has no next state', () => {
    assert.deepEqual(decide('kanVelge', aPerson()), { result: undefined });
  });
});

describe('a refusal', () => {
  it('says what was checked, expected and found, and how to mend it, as an assumption', () => {
    for (const mailboxes of Object.values(states))
      for (const name of ruleNames) {
        const { result } = decide(name, aPerson({ mailboxes }));
        if (!result) continue;
        const { check, expected, found, remedy, rule, basis } = result.explanation;
        for (const text of [check, expected, found, remedy]) assert.ok(text.length > 0);
        assert.ok(rule.includes(result.code));
        assert.equal(basis, 'assumed');
      }
  });
});
