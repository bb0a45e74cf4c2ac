// Step 4: the algorithm allow-lists, before any key is touched.

import { shortened } from '../kernel/brief.ts';
import type { Problem } from '../kernel/problem.ts';
import { algorithms } from './algorithms.ts';
import { type SecurityProblem, securityProblem } from './problems.ts';
import type { Profile } from './profiles/profile.ts';
import type { Signature } from './signature.ts';

const judge = (
  what: string,
  used: string,
  allowed: readonly string[],
  profile: Profile,
): Problem<SecurityProblem> | undefined =>
  allowed.includes(used)
    ? undefined
    : securityProblem('security.algorithm', {
        check: what,
        expected: allowed.join(' or '),
        found: shortened(used, 200) || '(none)',
        rule: `profile ${profile.name}; WSS 1.1 §12; contract: WS-Security of requests`,
        remedy: `set the client’s ${what} to ${allowed[0] ?? ''}`,
      });

/** Holds every algorithm of a Signature against a profile: all that is not allowed, each once. */
export const judgeAlgorithms = (signature: Signature, profile: Profile): Problem<SecurityProblem>[] => {
  const { canonicalization, signatureMethod, references } = signature;
  const { signatures, canonicalizations, digests, bareReferences, envelopedTransforms } = profile;
  const used: [string, string, readonly string[]][] = [
    ['signature method', signatureMethod, signatures],
    ['canonicalization method', canonicalization.algorithm, canonicalizations],
  ];
  for (const { enveloped, dereferenced, transform, digestMethod } of references) {
    used.push(['digest method', digestMethod, digests]);
    if (enveloped && !envelopedTransforms) used.push(['transform', algorithms.enveloped, canonicalizations]);
    if (transform)
      used.push([
        dereferenced ? 'canonicalization of the STR-Transform' : 'transform',
        transform.algorithm,
        canonicalizations,
      ]);
    else if (!bareReferences) used.push(['transform', '', canonicalizations]);
  }
  const once = new Map(used.map((one) => [`${one[0]} ${one[1]}`, one]));
  return [...once.values()].flatMap(
    ([what, algorithm, allowed]) => judge(what, algorithm, allowed, profile) ?? [],
  );
};
