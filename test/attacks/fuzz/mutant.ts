// A mutant of an honest message: which changes are made to it is drawn, and can be drawn again from the same seed.

import type { Dice } from '../../dice.ts';
import { type Changes, choose } from './change.ts';
import { base64, bytes, references } from './characters.ts';
import { type Encoded, encodings, usual } from './encodings.ts';
import { attributes, namespaces } from './markup.ts';
import { elements, splices } from './pieces.ts';

const families: Readonly<Record<string, Changes>> = {
  bytes,
  references,
  base64,
  attributes,
  namespaces,
  elements,
  splices,
};

/** The kinds of mutants; `mixed` takes changes of all of them together. */
export const kinds: readonly string[] = [...Object.keys(families), 'encodings', 'mixed'];

export interface Mutant extends Encoded {
  /** What was done, for whoever has to find out why it matters. */
  readonly changes: readonly string[];
}

const MOST = 4;
const TRIES = 5;

const changeOnce = (
  text: string,
  family: string,
  dice: Dice,
  other: string,
): [text: string, name: string] => {
  const changes = families[family] ?? {};
  // Many changes find nothing to do in a given message; one that does is looked for a few times.
  for (let tries = 0; tries < TRIES; tries += 1) {
    const name = choose(dice, Object.keys(changes)) ?? '';
    const changed = changes[name]?.(text, dice, other) ?? text;
    if (changed !== text) return [changed, `${family}.${name}`];
  }
  return [text, `${family}: nothing`];
};

/** @param other an honest message of somebody else, for what is put together of two */
export const mutate = (message: string, other: string, kind: string, dice: Dice): Mutant => {
  const changes: string[] = [];
  let text = message;
  const mixed = kind === 'mixed';
  const times = kind === 'encodings' ? 0 : 1 + (dice.once(2) ? dice.below(MOST) : 0);
  for (let time = 0; time < times; time += 1) {
    const family = mixed ? (choose(dice, Object.keys(families)) ?? kind) : kind;
    const [changed, name] = changeOnce(text, family, dice, other);
    text = changed;
    changes.push(name);
    if (text === '') break;
  }
  const encoding =
    kind === 'encodings' || (mixed && dice.once(4)) ? choose(dice, Object.keys(encodings)) : '';
  if (encoding) changes.push(`encodings.${encoding}`);
  return { ...(encodings[encoding ?? '']?.(text, dice) ?? usual(text)), changes };
};
