// Made-up persons for load tests: the same for the same seed number, with synthetic numbers (month + 80), each once.

import { syntheticPersonidentifikator } from '../../identifiers/personidentifikator.ts';
import { ConfigurationError } from '../../kernel/user-error.ts';
import { deletionCauses } from '../register/person.ts';

const PROVIDERS = ['984661185', '996460320'] as const;
const FIRST_DAY = Date.UTC(1930, 0, 1);
/** Until the end of 1999: there individual numbers from 0 to 499 tell the century. */
const DAYS = 25_567;
const A_DAY = 86_400_000;
const INDIVIDUALS = 500;
/** Of a hundred stems some twenty have a control digit of 10. */
const MOST = 10_000_000;

/** Numbers from 0 to below 1 (mulberry32). */
const randoms = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
};

/** Valid numbers, day by day from one that the seed number chooses, and round. */
const numbers = function* (random: () => number, taken: ReadonlySet<string>): Generator<string> {
  const first = Math.floor(random() * DAYS);
  for (let day = 0; day < DAYS; day += 1) {
    const date = new Date(FIRST_DAY + ((first + day) % DAYS) * A_DAY);
    const birth = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
    for (let individual = 0; individual < INDIVIDUALS; individual += 1) {
      const number = syntheticPersonidentifikator(birth, individual);
      if (number !== undefined && !taken.has(number)) yield number;
    }
  }
};

const digits = (value: number, count: number): string => String(value).padStart(count, '0');

/** Most contact information counts; some is older than 18 months. */
const channel = (verdi: string, random: () => number) => {
  const changed = Math.floor(random() * 36);
  const confirmed = Math.floor(random() * (changed + 1));
  return { verdi, sistOppdatert: `-P${changed}M`, sistVerifisert: `-P${confirmed}M` };
};

const mailbox = (place: number, random: () => number) => {
  const leverandoer = PROVIDERS[random() < 0.7 ? 0 : 1];
  const adresse =
    leverandoer === PROVIDERS[0]
      ? `person.${place}#${digits(Math.floor(random() * 0x10000), 5)}`
      : digits(1_000_000_000 + place, 10);
  return { leverandoer, adresse, aktiv: random() < 0.9 };
};

const causeOf = (random: () => number) => deletionCauses[Math.floor(random() * deletionCauses.length)];

const personOf = (id: string, place: number, random: () => number) => {
  if (random() < 0.03)
    return {
      id,
      status: 'SLETTET',
      slettetAarsak: causeOf(random),
      reservert: false,
      kontaktinformasjon: {},
      postkasser: [],
    };
  const mobile = random() < 0.9;
  const email = random() < 0.85;
  return {
    id,
    status: 'AKTIV',
    reservert: random() < 0.04,
    kontaktinformasjon: {
      ...(mobile ? { mobiltelefonnummer: channel(`4${digits(place % 10_000_000, 7)}`, random) } : {}),
      ...(email ? { epostadresse: channel(`person.${place}@example.no`, random) } : {}),
    },
    postkasser: random() < 0.4 ? [mailbox(place, random)] : [],
  };
};

/**
 * @param seed a whole number from 0
 * @param taken the numbers that none of them has
 * @throws ConfigurationError where there are not so many numbers
 */
export const generate = function* (
  count: number,
  seed: number,
  taken: ReadonlySet<string>,
): Generator<unknown> {
  if (count > MOST) throw new ConfigurationError(`at most ${MOST} persons can be made up`);
  const random = randoms(seed);
  const all = numbers(random, taken);
  for (let place = 1; place <= count; place += 1) {
    const { value } = all.next();
    if (value === undefined) throw new Error(`there are fewer than ${count} numbers`);
    yield personOf(value, place, random);
  }
};
