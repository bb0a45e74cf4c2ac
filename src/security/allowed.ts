// Step 4: the algorithm allow-lists, before any key is touched.

import type { Problem } from '../kernel/problem.ts';
import { algorithms } from './algorithms.ts';
import { type SecurityProblem, securityProblem } from './problems.ts';
import type { Profile } from './profiles.ts';
import type { Signature } from './signature.ts';

const judge = (
  what: string,
  used: string,
  allowed: readonly string[],
  profile: Profile,
): Problem<SecurityProblem> | undefined =>
  allowed.includes(used)
    ? undefined
    : securityProblem('security.algorithm', 'UnsupportedAlgorithm', {
        check: what,
        expected: allowed.join(' or '),
        found: used || '(none)',
        rule: `profile ${profile.name}; WSS 1.1 §12; contract: WS-Security of requests`,
        remedy: `set the client’s ${what} to ${allowed[0] ?? ''}`,
      });

/** Holds every algorithm of a Signature against a profile; the first that is not allowed is the problem. */
export const judgeAlgorithms = (
  signature: Signature,
  profile: Profile,
): Problem<SecurityProblem> | undefined => {
  const { canonicalization, signatureMethod, references } = signature;
  const first =
    judge('signature method', signatureMethod, profile.signatures, profile) ??
    judge('canonicalization method', canonicalization.algorithm, profile.canonicalizations, profile);
  if (first) return first;
  for (const { enveloped, transform, digestMethod } of references) {
    const problem = judge('digest method', digestMethod, profile.digests, profile);
    if (problem) return problem;
    if (enveloped && !profile.envelopedTransforms) {
      return judge('transform', algorithms.enveloped, profile.canonicalizations, profile);
    }
    if (transform) {
      const refused = judge('transform', transform.algorithm, profile.canonicalizations, profile);
      if (refused) return refused;
    } else if (!profile.bareReferences) {
      return judge('transform', '', [algorithms.excC14n], profile);
    }
  }
  return undefined;
};
