// Changes of whole pieces: elements moved, doubled and forged, and two messages put together.

import { elementsOf, rearrange, stepNames } from '../../security/mutants.ts';
import { openingOf } from '../arena.ts';
import { timestampOf } from '../message.ts';
import { type Changes, choose, exchange, put } from './change.ts';

const EVIL = openingOf('angriper.evil#6666');
const forged = (text: string): string[] => [
  EVIL,
  ...['', ' wsu:Id="Body"', ' Id="Body"', ' xml:id="Body"', ' wsu:Id="Evil"'].map(
    (id) => `<soap:Body${id}>${EVIL}</soap:Body>`,
  ),
  timestampOf('2026-01-01T00:00:00Z', '2036-01-01T00:00:00Z'),
  '<wsse:Security/>',
  '<ds:Object/>',
  /<soap:Body.*<\/soap:Body>/s.exec(text)?.[0] ?? '',
  /<ds:Signature>.*<\/ds:Signature>/s.exec(text)?.[0] ?? '',
];

/** The steps that the property tests of verification take, too. */
export const elements: Changes = Object.fromEntries(
  stepNames.map((step) => [
    step,
    (text, dice) =>
      rearrange(
        text,
        { step, one: dice.below(200), other: dice.below(200), forged: dice.below(200) },
        forged(text),
      ),
  ]),
);

export const splices: Changes = {
  cross: (text, dice, other) => {
    const from = choose(dice, elementsOf(text));
    const to = choose(dice, elementsOf(other));
    return from && to ? text.slice(0, from.start) + other.slice(to.start) : text;
  },
  crossAnywhere: (text, dice, other) => {
    const at = dice.below(Math.min(text.length, other.length));
    return text.slice(0, at) + other.slice(at);
  },
  namesake: (text, dice, other) => {
    const one = choose(dice, elementsOf(text));
    const same = elementsOf(other).filter(({ name }) => name === one?.name);
    const two = choose(dice, same);
    return one && two ? exchange(text, one.start, one.end, other.slice(two.start, two.end)) : text;
  },
  guest: (text, dice, other) => {
    const one = choose(dice, elementsOf(text));
    const two = choose(dice, elementsOf(other));
    return one && two ? put(text, dice.once(2) ? one.start : one.end, other.slice(two.start, two.end)) : text;
  },
  both: (text, dice, other) => (dice.once(2) ? text + other : text.replace(/<soap:Body/, `${other}$&`)),
  head: (text, _dice, other) => {
    const header = /<soap:Header>.*<\/soap:Header>/s;
    const theirs = header.exec(other)?.[0];
    return theirs ? text.replace(header, () => theirs) : text;
  },
};
