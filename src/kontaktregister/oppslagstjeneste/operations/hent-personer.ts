// HentPersoner: what the register has on persons, by their numbers and in the order of these.

import type { XmlElement } from 'libxml2-wasm';
import { checkPersonidentifikator } from '../../../identifiers/personidentifikator.ts';
import type { Warning } from '../../../kernel/problem.ts';
import type { Person } from '../../register/person.ts';
import { persons } from '../../register/store.ts';
import { lookedUp } from '../delivery.ts';
import { namesOf, needsIn, numbersIn, personsElement, repeated } from '../message.ts';
import { type Describe, listed } from '../operation.ts';
import type { Need } from '../version.ts';

const NAME = 'HentPersoner';

interface Command {
  readonly asked: ReadonlySet<Need>;
  readonly numbers: readonly string[];
}

/** Numbers that cannot be anybody's are answered like those of unknown persons: the caller may want to know why. */
const warnOf = ({ numbers }: Command, found: readonly (Person | undefined)[]): Warning[] => {
  const wrong = numbers.flatMap((number, place) => {
    const fault = found[place] ? undefined : checkPersonidentifikator(number);
    return fault ? [`${number}: ${fault}`] : [];
  });
  const [first] = wrong;
  if (first === undefined) return [];
  return [
    {
      problem: 'oppslag.number',
      explanation: {
        check: 'personidentifikator',
        expected: 'a fødselsnummer or D-number of 11 digits with a date and right control digits',
        found: wrong.length === 1 ? first : `${wrong.length} that are none, the first is ${first}`,
        rule: 'contract: a number that nobody has is IKKE_REGISTRERT',
        remedy: 'send numbers of test persons (kontakt person list)',
        basis: 'assumed',
      },
    },
  ];
};

export const hentPersoner: Describe = (version) =>
  listed({
    description: {
      ...namesOf(NAME, version),
      fields: [
        { name: 'informasjonsbehov', required: true },
        { name: 'personidentifikator', required: true },
      ],
      summary: 'delivers what the register has on 1 to 1000 persons, in the order of their numbers',
      basis: 'documented',
      compose: ({ informasjonsbehov, personidentifikator }) => [
        ...repeated(version, 'informasjonsbehov', informasjonsbehov),
        ...repeated(version, 'personidentifikator', personidentifikator),
      ],
      examples: [
        { informasjonsbehov: version.needs.join(' '), personidentifikator: '12838410985' },
        { informasjonsbehov: 'Person', personidentifikator: '12838410985 18868703845' },
      ],
    },
    part: 'OPPSLAGSTJENESTEN',
    decode: (payload: XmlElement): Command => ({ asked: needsIn(payload), numbers: numbersIn(payload) }),
    load: ({ numbers }) => persons.each(numbers),
    answer: (found, { asked, numbers }, at) => {
      const deliver = lookedUp(asked, at);
      return personsElement(
        version,
        NAME,
        numbers.map((number, place) => deliver(number, found[place])),
      );
    },
    warn: warnOf,
  });
