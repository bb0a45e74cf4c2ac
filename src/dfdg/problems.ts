// What the Danish services can refuse: a documented code with its fault, and the explanation behind it.

import type { Problem, PublicFace } from '../kernel/problem.ts';
import { type ErrorCode, errorText, type Language } from './codes.ts';
import type { Refusal } from './rule.ts';

export type DanishProblem = `dfdg.${ErrorCode}`;

/** How codes are written on the wire. */
export interface FaceSettings {
  readonly language: Language;
  /** `number`: the bare number, as documented, though it is no QName; `client`: the standard Client. */
  readonly faultcode: 'number' | 'client';
}

const FAULT_DETAILS = 'http://service.bm.dk/xml/schemas/2011/01/12/';

export interface Faces {
  face(code: ErrorCode): PublicFace;
  /** `Unknown cpr`: what people are told, in the language of the setting. */
  text(code: ErrorCode): string;
  problem(refusal: Refusal): Problem<DanishProblem>;
  /** What a rule that all services share refused, as these services say it: 1014, or 1011 for what is our own fault. */
  translate(problem: Problem): PublicFace;
}

/** The code of a Danish problem; undefined for another. */
const codeOf = ({ problem }: Problem): ErrorCode | undefined =>
  problem.startsWith('dfdg.') ? (Number(problem.slice(5)) as ErrorCode) : undefined;

const OWN_FAULT = ['internal', 'register.unavailable'];

/** The code that a problem is told by: its own, 1011 for what is our fault, 1014 for every other message. */
export const numberOf = (problem: Problem): ErrorCode =>
  codeOf(problem) ?? (OWN_FAULT.includes(problem.problem) ? 1011 : 1014);

/** What SOAP itself prescribes, the same for every service. */
const BY_SOAP = ['soap.version-mismatch', 'soap.must-understand'];

/** A refusal in one word, for the access log: the code on the wire, or what refused it where that has none. */
export const resultOf = (problem: Problem): string => {
  if (problem.wire.kind === 'http') return `HTTP ${problem.wire.status}`;
  return BY_SOAP.includes(problem.problem) ? problem.problem : String(numberOf(problem));
};

export const createFaces = ({ language, faultcode }: FaceSettings): Faces => {
  const face = (code: ErrorCode): PublicFace => ({
    kind: 'fault',
    code: faultcode === 'number' ? { bare: String(code) } : 'Sender',
    text: errorText(code, language),
    detail: {
      namespace: FAULT_DETAILS,
      name: 'FaultDetails',
      fields: [
        { name: 'ErrorCode', value: String(code) },
        { name: 'Message', value: errorText(code, language) },
      ],
    },
  });
  return {
    face,
    text: (code) => errorText(code, language),
    problem: ({ code, explanation }) => ({ problem: `dfdg.${code}`, wire: face(code), explanation }),
    translate: (problem) => {
      const asItIs =
        problem.wire.kind === 'http' || BY_SOAP.includes(problem.problem) || codeOf(problem) !== undefined;
      if (asItIs) return problem.wire;
      return face(numberOf(problem));
    },
  };
};
