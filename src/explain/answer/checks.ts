// What whoever receives an answer has to check, and how each comes out here.

import { isProblem, type Problem, type QName } from '../../kernel/problem.ts';
import type { Anatomy } from '../../security/anatomy.ts';
import { judgeConfirmation } from '../../security/answers/confirmation.ts';
import type { Right, SecurityReport } from '../../security/report.ts';
import { wsse, wsse11 } from '../../xml/names.ts';
import { attribute, isNamed, printQName, qnameOf } from '../../xml/tree.ts';
import type { Explained } from '../explained.ts';
import type { KnownKey } from '../signed/search.ts';
import { faultInWords } from './fault.ts';
import { encryptionCheck, type Seen } from './seen.ts';

type Check = Explained['checks'][number];

/** What is held against the message. */
interface Judged {
  readonly report: SecurityReport;
  /** All that is wrong by the verdict. */
  readonly problems: readonly Problem[];
  readonly known: readonly KnownKey[];
  /** Whether the certificate is to be believed. */
  readonly believed: boolean;
}

export const isProtected = ({ envelope: { blocks } }: Anatomy): boolean =>
  blocks.some(({ element }) => isNamed(element, wsse.uri, 'Security'));

const all = (rights: readonly Right[]): Right =>
  rights.includes(false) ? false : rights.includes(null) ? null : true;

const signatureCheck = ({ references, signature }: SecurityReport): Check => {
  if (!signature) return { check: 'signature', right: false, found: 'none that can be read' };
  const right = all([signature.right, ...references.map(({ digest }) => digest.right)]);
  const wrong = references.filter(({ digest }) => digest.right === false).map(({ uri }) => uri);
  const found =
    right === null
      ? 'not all of it could be tried'
      : right
        ? 'signature value and digests are right'
        : wrong.length > 0
          ? `wrong digest: ${wrong.join(', ')}`
          : 'the signature value is wrong';
  return { check: 'signature', right, found };
};

/** The first problem of these kinds, as a check. */
const problemCheck = (
  check: string,
  problems: readonly Problem[],
  kinds: RegExp,
  good: string | undefined,
): Check => {
  const wrong = problems.find(({ problem }) => kinds.test(problem));
  if (wrong) return { check, right: false, found: wrong.explanation.found };
  return good === undefined
    ? { check, right: null, found: 'not tried' }
    : { check, right: true, found: good };
};

const partsCheck = (
  anatomy: Anatomy,
  { references }: SecurityReport,
  problems: readonly Problem[],
): Check => {
  const names = references.flatMap(({ resolved }) => (resolved ? [resolved.target.name] : []));
  const known = anatomy.parts().length > 0 && references.length > 0;
  return problemCheck(
    'signed parts',
    problems,
    /^security\.(?:coverage|reference-unresolved|id-duplicate)$/,
    known ? `signed: ${names.join(', ')}` : undefined,
  );
};

const certificateChecks = (anatomy: Anatomy, { report, problems, known, believed }: Judged): Check[] => {
  const { certificate } = report;
  const trusted = believed && certificate && anatomy.chain(certificate).chain.at(-1)?.subject;
  const trust = problemCheck(
    'certificate',
    problems,
    /^security\.(?:certificate|authority|token)/,
    trusted ? `leads to ${trusted}` : undefined,
  );
  if (!certificate) return [trust];
  const owner = known.find(({ key }) => key.equals(certificate.publicKey))?.owner;
  const right = owner === undefined ? null : owner === 'server';
  const found = right
    ? `${certificate.subject}, the emulator’s own`
    : owner === undefined
      ? `${certificate.subject}: see that this is the service`
      : `${certificate.subject}, which is the client ${owner}: a request that came back, or an answer that a client signed`;
  return [trust, { check: 'signer', right, found }];
};

const confirmationCheck = (anatomy: Anatomy, { request }: Seen): Check => {
  const check = 'SignatureConfirmation';
  const header = anatomy.header();
  const element = isProblem(header)
    ? undefined
    : header.further.find((one) => isNamed(one, wsse11.uri, 'SignatureConfirmation'));
  if (!element)
    return { check, right: null, found: 'none: the answer does not say which request it answers' };
  const value = attribute(element, '', 'Value') ?? '';
  if (!request) return { check, right: null, found: `${value.slice(0, 400)}; --request <file> compares` };
  const wrong = judgeConfirmation(value, request.signatureValue);
  return wrong
    ? { check, right: false, found: `not that of the request: ${wrong.explanation.remedy}` }
    : { check, right: true, found: 'the SignatureValue of the request' };
};

const isSame = (one: QName, other: QName): boolean =>
  one.name === other.name && one.namespace === other.namespace;

const operationCheck = (anatomy: Anatomy, { kind, operations, request }: Seen): Check[] => {
  if (kind !== 'answer' || !request) return [];
  const payload = qnameOf(anatomy.envelope.payload);
  const asked = operations.find((one) => isSame(one.request, request.payload));
  if (!asked)
    return [
      { check: 'operation', right: null, found: `no operation is known of ${printQName(request.payload)}` },
    ];
  const right = isSame(asked.response, payload);
  const found = right ? printQName(payload) : `${printQName(payload)}, not ${printQName(asked.response)}`;
  return [{ check: 'operation', right, found }];
};

const UNSIGNED =
  'none: a client that asks for WS-Security refuses this; where the service has none, only the connection vouches for it';
const UNSIGNED_FAULT =
  'none: faults are not signed, so that a client must not want a signature of them; only the connection vouches for it';

/** Of a request there is nothing that its receiver would not judge. */
export const checksOf = (anatomy: Anatomy, seen: Seen, judged: Judged): Explained['checks'] => {
  if (seen.kind === 'request') return [];
  const { report, problems } = judged;
  const { payload } = anatomy.envelope;
  const fault: Check[] =
    seen.kind === 'fault' ? [{ check: 'fault', right: null, found: faultInWords(payload) }] : [];
  const before = [...fault, ...encryptionCheck(seen, true, 'decrypted')];
  if (!isProtected(anatomy))
    return [
      ...before,
      { check: 'signature', right: null, found: seen.kind === 'fault' ? UNSIGNED_FAULT : UNSIGNED },
      ...operationCheck(anatomy, seen),
    ];
  const timestamp = anatomy.timestamp();
  return [
    ...before,
    signatureCheck(report),
    partsCheck(anatomy, report, problems),
    ...certificateChecks(anatomy, judged),
    problemCheck(
      'Timestamp',
      problems,
      /^security\.timestamp/,
      isProblem(timestamp) ? undefined : `created ${new Date(timestamp.created).toISOString()}`,
    ),
    confirmationCheck(anatomy, seen),
    ...operationCheck(anatomy, seen),
  ];
};
