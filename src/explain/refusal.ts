// A rule that was broken, told as a cause: nothing is searched, a look tells what somebody did.

import type { Problem } from '../kernel/problem.ts';
import type { ExplainedCause } from './explained.ts';
import { codeOf, type Refusal, type Surroundings } from './rules/rule.ts';
import { rulesFor } from './rules/rules.ts';

/** What no rule knows, by its own name: that it is so is certain. */
const byItself = ({ problem, explanation }: Problem): ExplainedCause => {
  const { check, expected, found, rule, remedy, where } = explanation;
  return {
    cause: problem.replace(/^[^.]*\./, ''),
    certain: true,
    sentence: `${check}: ${found}`,
    evidence: { expected, found },
    rule,
    remedy,
    ...(where === undefined ? {} : { where: [where] }),
  };
};

/** What somebody did that led to a refusal. */
export const causeOfRefusal = (refusal: Refusal, surroundings: Surroundings): ExplainedCause => {
  const { explanation } = refusal;
  const sight = { ...surroundings, refusal };
  for (const rule of rulesFor(codeOf(refusal))) {
    const seen = rule.seen(sight);
    if (!seen) continue;
    const { cause, sentence, rule: written, remedy, stacks } = rule;
    const where = seen.where ?? (explanation.where === undefined ? [] : [explanation.where]);
    return {
      cause,
      certain: seen.certain ?? true,
      sentence: seen.sentence ?? sentence,
      evidence: {
        check: explanation.check,
        expected: explanation.expected,
        found: seen.found ?? explanation.found,
      },
      // Where the refusal's remedy is nearer to the message, its rule is too.
      rule: seen.remedy === undefined ? written : explanation.rule,
      remedy: seen.remedy ?? remedy,
      ...(stacks && !seen.noStacks ? { stacks } : {}),
      ...(where.length > 0 ? { where } : {}),
    };
  }
  return byItself(refusal);
};
