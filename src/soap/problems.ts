// What can be wrong with a message as SOAP.

import type { Explanation, Problem, PublicFace } from '../kernel/problem.ts';

export type SoapProblem =
  | 'soap.method'
  | 'soap.media-type'
  | 'soap.not-an-envelope'
  | 'soap.version-mismatch'
  | 'soap.structure'
  | 'soap.too-many-headers'
  | 'soap.must-understand'
  | 'soap.unknown-operation'
  | 'soap.action-mismatch';

export const soapProblem = (
  code: SoapProblem,
  wire: PublicFace,
  explanation: Omit<Explanation, 'basis'> & Partial<Pick<Explanation, 'basis'>>,
): Problem<SoapProblem> => ({ problem: code, wire, explanation: { basis: 'assumed', ...explanation } });

export const senderFault = (text: string): PublicFace => ({ kind: 'fault', code: 'Sender', text });
