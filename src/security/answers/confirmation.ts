// What an answer repeats of its request: the SignatureConfirmation (WSS 1.1 §8.5).

import type { Problem } from '../../kernel/problem.ts';
import { wsse11 } from '../../xml/names.ts';
import type { Expected } from '../anatomy.ts';
import { type SecurityProblem, securityProblem } from '../problems.ts';

/** What the Security header of an answer may hold, and that of a request never. */
export const inAnswers: Expected = {
  further: [{ namespace: wsse11.uri, name: 'SignatureConfirmation' }],
};

/**
 * Whether an answer confirms the signature of its request; one that confirms nothing says nothing of it.
 *
 * @param value what it repeats, base64
 * @param signatureValue of the request, decoded
 */
export const judgeConfirmation = (
  value: string | undefined,
  signatureValue: Buffer | undefined,
): Problem<SecurityProblem> | undefined =>
  value === undefined || value === signatureValue?.toString('base64')
    ? undefined
    : securityProblem('security.confirmation', {
        check: 'SignatureConfirmation',
        expected: `the SignatureValue of the request, ${signatureValue?.toString('base64') ?? '(none)'}`,
        found: value,
        rule: 'WSS 1.1 §8.5',
        remedy: 'this answers another request: look for a proxy that mixes answers up',
      });
