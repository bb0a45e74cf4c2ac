// A call with the mistakes that were asked for, put together.

import { meantBy } from '../../kernel/nearest.ts';
import { ConfigurationError } from '../../kernel/user-error.ts';
import { type Mistake, mistakes, type Way } from '../mistakes.ts';
import type { Signing } from '../security-header.ts';
import type { Values } from './target.ts';

/** What becomes of a call. */
export interface Mistaken {
  readonly as: string | undefined;
  readonly key: string | undefined;
  readonly unsigned: boolean;
  readonly twice: boolean;
  /** How far the clock is wrong, in milliseconds. */
  readonly clock: number;
  values(values: Values): Values;
  signing(signing: Signing): Signing;
  message(request: string): string;
}

/** The mistakes that can be made on a way. */
export const mistakesOn = (way: Way): readonly Mistake[] => mistakes.filter(({ ways }) => ways.includes(way));

const named = (name: string, way: Way): Mistake => {
  const possible = mistakesOn(way);
  const found = possible.find((one) => one.name === name);
  if (found) return found;
  const names = possible.map((one) => one.name);
  throw new ConfigurationError(`there is no mistake ${name.slice(0, 100)} here; ${meantBy(name, names)}`);
};

/** @throws ConfigurationError naming the mistakes that there are */
export const mistakenBy = (names: readonly string[] = [], way: Way): Mistaken => {
  const all = names.map((name) => named(name, way));
  return {
    as: all.find(({ as }) => as?.[way] !== undefined)?.as?.[way],
    key: all.find(({ key }) => key !== undefined)?.key,
    unsigned: all.some(({ unsigned }) => unsigned),
    twice: all.some(({ twice }) => twice),
    clock: all.reduce((total, { clock = 0 }) => total + clock, 0),
    values: (values) => all.reduce((made, one) => one.values?.(made) ?? made, values),
    signing: (signing) => Object.assign({}, signing, ...all.map((one) => one.signing)),
    message: (request) => all.reduce((made, one) => one.message?.(made) ?? made, request),
  };
};
