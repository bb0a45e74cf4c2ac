// The rules over whole histories: whatever is asked, in whatever order, the register stays in order.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Circumstances, ContentCommand } from '../../src/kontaktregister/postkasseleverandoer/rule.ts';
import type { Person } from '../../src/kontaktregister/register/person.ts';
import { BAD_DER, codeOf, type RuleName, ruleNames, rules, usual } from './circumstances.ts';
import { anyPerson, PERSON, PROVIDERS } from './persons.ts';

interface Step {
  readonly name: RuleName;
  readonly command: ContentCommand;
  readonly circumstances: Circumstances;
}

const [DIGIPOST, EBOKS, BUYPASS] = PROVIDERS;

const step: fc.Arbitrary<Step> = fc
  .record({
    name: fc.constantFrom(...ruleNames),
    person: fc.oneof(
      { weight: 15, arbitrary: fc.constant(PERSON) },
      { weight: 1, arbitrary: fc.constant('00000000000') },
    ),
    provider: fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(DIGIPOST, EBOKS, BUYPASS) },
      { weight: 1, arbitrary: fc.constantFrom('987654321', '991825827', `9908:${DIGIPOST}`) },
    ),
    signer: fc.option(fc.constantFrom('same' as const, 'other' as const), { nil: 'nobody' as const }),
    address: fc.string({ minLength: 8, maxLength: 20 }),
    certificate: fc.option(fc.constantFrom(Buffer.from('good'), BAD_DER), { nil: undefined, freq: 3 }),
    displace: fc.boolean(),
  })
  .map(({ name, person, provider, signer, address, certificate, displace }) => ({
    name,
    command: {
      personidentifikator: person,
      postkasseleverandoerOrgNummer: provider,
      postkasseadresse: address,
      ...(certificate ? { x509Sertifikat: certificate } : {}),
    },
    circumstances: {
      ...usual,
      displace,
      approved: (organisation) => [DIGIPOST, EBOKS, BUYPASS].includes(organisation as typeof DIGIPOST),
      caller: {
        organisation: signer === 'nobody' ? undefined : signer === 'same' ? provider.slice(-9) : '983163327',
      },
    },
  }));

/** The reference: mailboxes as a map and the chosen provider as one name, so that it cannot even write down two active ones. */
interface Model {
  status: string;
  reserved: boolean;
  readonly addresses: Map<string, string>;
  chosen: string | undefined;
}

const modelOf = (person: Person): Model => ({
  status: person.status,
  reserved: person.reserved,
  addresses: new Map(person.mailboxes.map(({ provider, address }) => [provider, address])),
  chosen: person.mailboxes.find(({ active }) => active)?.provider,
});

/** The operations whose message can hold a certificate. */
const WITH_CERTIFICATE: readonly RuleName[] = ['opprettOgVelg', 'opprett', 'oppdater'];

const askModel = (model: Model, { name, command, circumstances: { caller, displace } }: Step): string => {
  const { personidentifikator, postkasseleverandoerOrgNummer, postkasseadresse, x509Sertifikat } = command;
  const number = postkasseleverandoerOrgNummer.split(':').at(-1) ?? '';
  const signer = caller.organisation;
  if (personidentifikator !== PERSON) return 'UGYLDIG_PERSONNUMMER';
  const known = (organisation: string): boolean => (PROVIDERS as readonly string[]).includes(organisation);
  if (
    name === 'kanVelge'
      ? signer !== undefined && !known(signer)
      : !known(number) || (signer ?? number) !== number
  )
    return 'UGYLDIG_ORGNR';
  if (WITH_CERTIFICATE.includes(name) && x509Sertifikat?.equals(BAD_DER)) return 'UGYLDIG_SERTIFIKAT';
  if (model.status === 'SLETTET') return 'BRUKER_IKKE_FUNNET';
  if (model.reserved && name !== 'slett') return 'RESERVERT';
  const has = model.addresses.has(number);
  const blocked = model.chosen === number || (model.chosen !== undefined && !displace);
  switch (name) {
    case 'kanVelge':
      return model.chosen === undefined ? 'OK' : 'ALLEREDE_AKTIV';
    case 'opprett':
      if (has) return 'POSTKASSE_EKSISTERER_ALLEREDE';
      break;
    case 'opprettOgVelg':
      if (blocked) return 'ALLEREDE_AKTIV';
      if (has) return 'POSTKASSE_EKSISTERER_ALLEREDE';
      break;
    default:
      if (!has) return 'INGEN_POSTBOKS_FUNNET';
      if (name === 'velg' && blocked) return 'ALLEREDE_AKTIV';
  }
  if (name === 'slett') {
    model.addresses.delete(number);
    if (model.chosen === number) model.chosen = undefined;
  } else if (name !== 'velg') model.addresses.set(number, postkasseadresse);
  if (name === 'velg' || name === 'opprettOgVelg') model.chosen = number;
  return 'OK';
};

/** Frozen as deep as it goes (bytes cannot be): a rule that writes into its input throws. */
const freeze = (person: Person): Person => {
  for (const mailbox of person.mailboxes) Object.freeze(mailbox);
  Object.freeze(person.mailboxes);
  return Object.freeze(person);
};

describe('any history of a person', () => {
  it('keeps at most one active mailbox and one row for each provider, and agrees with the reference', () => {
    fc.assert(
      fc.property(anyPerson(PERSON), fc.array(step, { minLength: 1, maxLength: 25 }), (start, steps) => {
        let person = freeze(start);
        const model = modelOf(person);
        for (const one of steps) {
          const before = JSON.stringify(person);
          const verdict = rules[one.name](person, Object.freeze(one.command), one.circumstances);
          assert.equal(JSON.stringify(person), before);
          assert.equal(codeOf(verdict), askModel(model, one));
          if (verdict.result) assert.equal(verdict.next, undefined);
          person = freeze(verdict.next ?? person);
          assert.ok(person.mailboxes.filter(({ active }) => active).length <= 1);
          assert.equal(
            new Set(person.mailboxes.map(({ provider }) => provider)).size,
            person.mailboxes.length,
          );
          const { addresses, chosen } = modelOf(person);
          assert.deepEqual([addresses, chosen], [model.addresses, model.chosen]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('leaves everything of the person but the mailboxes as it was', () => {
    fc.assert(
      fc.property(anyPerson(PERSON), step, (person, { name, command, circumstances }) => {
        const { next } = rules[name](person, command, circumstances);
        if (!next) return;
        const { mailboxes: _, ...after } = next;
        const { mailboxes: __, ...before } = person;
        assert.deepEqual(after, before);
      }),
    );
  });

  it('of an unknown person is refused, and never begins', () => {
    fc.assert(
      fc.property(step, ({ name, command, circumstances }) => {
        const verdict = rules[name](undefined, command, circumstances);
        assert.equal(verdict.next, undefined);
        assert.ok(verdict.result);
      }),
    );
  });

  it('gives the same verdict to the same question', () => {
    fc.assert(
      fc.property(anyPerson(PERSON), step, (person, { name, command, circumstances }) => {
        assert.deepEqual(
          rules[name](person, command, circumstances),
          rules[name](person, command, circumstances),
        );
      }),
    );
  });
});
