// What can be wrong with a message as SOAP.

import type { Explanation, Problem, QName } from '../kernel/problem.ts';

export type SoapProblem =
  | 'soap.method'
  | 'soap.media-type'
  | 'soap.not-an-envelope'
  | 'soap.version-mismatch'
  | 'soap.structure'
  | 'soap.too-many-headers'
  | 'soap.unknown-operation'
  | 'soap.action-mismatch';

/** What kind of mistake it is, where its code leaves that open. */
export type SoapKind = 'of-another-service';

/** A header block that demands to be understood and is not. */
export type HeaderProblem = 'soap.must-understand';

export interface NotUnderstood extends Problem<HeaderProblem> {
  readonly block: QName;
}

export type Reason = Omit<Explanation, 'basis' | 'kind'> &
  Partial<Pick<Explanation, 'basis'>> & { readonly kind?: SoapKind };

export const soapProblem = (code: SoapProblem, explanation: Reason): Problem<SoapProblem> => ({
  problem: code,
  explanation: { basis: 'assumed', ...explanation },
});
