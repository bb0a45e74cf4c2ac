// Looks for the octets that a wrong digest is of. What is found is proved: by that hypothesis the digest comes out right.
//
// A generator, so that whoever runs it decides how long it may keep the thread: it stops at every trial.

import { besideAll, changes, common, few } from './changed/changes.ts';
import { namespaceDeclarationMoved } from './changed/namespace-declaration-moved.ts';
import { generatedPrefixes, prefixChanged } from './changed/prefix-changed.ts';
import type { Cause, Change, Making, Subject } from './hypothesis.ts';
import { bothOtherwise } from './made/forms.ts';
import { costly, forms, makings } from './made/makings.ts';
import type { Step } from './octets/difference.ts';
import { type Tokens, textOf, tokensOf } from './octets/tokens.ts';
import type { Readings } from './readings.ts';

/** How many octets are hashed in all trials of one search together. */
const MOST_OCTETS = 48 * 1024 * 1024;

export interface Proof {
  /** What was done, each proved under the others. */
  readonly causes: readonly Cause[];
  /** What the signer made the digest over. */
  readonly octets: Buffer;
  /** What each of the first causes did to the octets, where that is more than one. */
  readonly steps?: readonly Step[];
}

export interface Outcome {
  /** Undefined: in no way that was tried. */
  readonly proof: Proof | undefined;
  readonly trials: number;
  /** Whether trials were left out since there were too many octets. */
  readonly cut: boolean;
}

/** Two changes: the first is undone first. */
const twoSteps = (octets: Buffer, between: Buffer, arrived: Buffer): readonly [first: Step, second: Step] => [
  { signed: between, arrived },
  { signed: octets, arrived: between },
];

interface Budget {
  octets: number;
  trials: number;
}

const spend = (budget: Budget, octets: number): boolean => {
  budget.octets -= octets;
  budget.trials += 1;
  return budget.octets > 0;
};

/** Where the digest is of another kind too: tried of the changes that have few outcomes. */
function* read(tokens: Tokens, readings: Readings, budget: Budget): Generator<void, Proof | undefined> {
  const now = textOf(tokens);
  for (const change of few) {
    for (const former of change.undo(tokens)) {
      const text = textOf(former);
      yield;
      if (text === now) continue;
      if (!spend(budget, text.length)) return undefined;
      const octets = Buffer.from(text);
      const besides = readings.explains(octets);
      if (besides) return { causes: [change, ...besides], octets };
    }
  }
  return undefined;
}

/** One change, in each way in which it may have been. */
function* undone(
  tokens: Tokens,
  { fits }: Readings,
  one: Change,
  budget: Budget,
): Generator<void, Buffer | undefined> {
  const now = textOf(tokens);
  for (const former of one.undo(tokens)) {
    const text = textOf(former);
    yield;
    // There was nothing to undo.
    if (text === now) continue;
    if (!spend(budget, text.length)) return undefined;
    if (fits(text)) return Buffer.from(text);
  }
  return undefined;
}

function* single(
  tokens: Tokens,
  readings: Readings,
  tried: readonly Change[],
  budget: Budget,
  besides: readonly Cause[],
): Generator<void, Proof | undefined> {
  for (const change of tried) {
    const octets = yield* undone(tokens, readings, change, budget);
    if (octets) return { causes: [change, ...besides], octets };
    if (budget.octets <= 0) return undefined;
  }
  return undefined;
}

/** Two changes of the kinds that tools make beside each other. */
function* pairs(tokens: Tokens, readings: Readings, budget: Budget): Generator<void, Proof | undefined> {
  // What changes nothing, or the same as another, was tried before.
  const seen = new Set([textOf(tokens)]);
  for (const first of common) {
    for (const former of first.undo(tokens)) {
      const text = textOf(former);
      yield;
      if (seen.has(text)) continue;
      seen.add(text);
      for (const second of besideAll.includes(first) ? changes : common) {
        if (second === first) continue;
        const octets = yield* undone(former, readings, second, budget);
        if (octets)
          return {
            causes: [first, second],
            octets,
            steps: twoSteps(octets, Buffer.from(text), Buffer.from(textOf(tokens))),
          };
        if (budget.octets <= 0) return undefined;
      }
    }
  }
  return undefined;
}

/** A writer that makes its own prefixes drops the declarations that nobody uses, which a PrefixList counts. */
function* withPrefixes(
  tokens: Tokens,
  readings: Readings,
  budget: Budget,
): Generator<void, Proof | undefined> {
  for (const former of generatedPrefixes(tokens)) {
    const octets = yield* undone(former, readings, namespaceDeclarationMoved, budget);
    if (octets)
      return {
        causes: [prefixChanged, namespaceDeclarationMoved],
        octets,
        steps: twoSteps(octets, Buffer.from(textOf(former)), Buffer.from(textOf(tokens))),
      };
    if (budget.octets <= 0) return undefined;
  }
  return undefined;
}

function* otherwise(
  subject: Subject,
  readings: Readings,
  tried: readonly Making[],
  budget: Budget,
): Generator<void, Proof | undefined> {
  for (const making of tried) {
    for (const octets of making.octets(subject)) {
      // Making them may have taken as long as the digest will.
      yield;
      if (!spend(budget, octets.length)) return undefined;
      const besides = octets.equals(subject.octets) ? undefined : readings.explains(octets);
      if (besides) return { causes: [making, ...besides], octets };
      yield;
    }
  }
  return undefined;
}

function* steps(subject: Subject, readings: Readings, budget: Budget): Generator<void, Proof | undefined> {
  const asWritten = readings.explains(subject.octets);
  if (asWritten) return { causes: asWritten, octets: subject.octets };
  yield;
  const form = yield* otherwise(subject, readings, forms, budget);
  if (form) return form;
  for (const { causes, octets, between } of bothOtherwise(subject)) {
    const besides = octets.equals(subject.octets) ? undefined : readings.explains(octets);
    if (besides)
      return {
        causes: [...causes, ...besides],
        octets,
        ...(between ? { steps: twoSteps(octets, between, subject.octets) } : {}),
      };
    yield;
  }
  const made = yield* otherwise(subject, readings, makings, budget);
  if (made) return made;
  const tokens = tokensOf(subject.octets.toString('utf8'));
  yield;
  const changed = yield* single(tokens, readings, changes, budget, []);
  if (changed) return changed;
  const far = yield* otherwise(subject, readings, costly, budget);
  if (far) return far;
  const other = yield* read(tokens, readings, budget);
  if (other) return other;
  for (const form of forms) {
    for (const octets of form.octets(subject)) {
      if (budget.octets <= 0) return undefined;
      if (octets.equals(subject.octets)) continue;
      const both = yield* single(tokensOf(octets.toString('utf8')), readings, common, budget, [form]);
      if (both) return { ...both, steps: twoSteps(both.octets, octets, subject.octets).toReversed() };
    }
  }
  const rewritten = yield* withPrefixes(tokens, readings, budget);
  return rewritten ?? (yield* pairs(tokens, readings, budget));
}

/** Searches for what a digest is of, that is not of the octets that count. */
export function* search(subject: Subject, readings: Readings): Generator<void, Outcome> {
  const budget: Budget = { octets: MOST_OCTETS, trials: 0 };
  const proof = yield* steps(subject, readings, budget);
  return { proof, trials: budget.trials, cut: !proof && budget.octets <= 0 };
}

/** Runs a search to its end. */
export const toTheEnd = <Result>(searching: Generator<void, Result>): Result => {
  for (;;) {
    const { done, value } = searching.next();
    if (done) return value;
  }
};
