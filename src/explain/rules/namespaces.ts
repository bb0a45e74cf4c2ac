// A right name in a wrong namespace: the draft of a standard, the other version of SOAP, no namespace at all.

import { soap11, soap12, wsu } from '../../xml/names.ts';
import { elementAt, placeOf } from '../../xml/place.ts';
import { children } from '../../xml/tree.ts';
import { asTold, codeOf, kindOf, type Rule, type Seen, type Sight, toldIf } from './rule.ts';

/** The refusal was told of an element that is only called right. */
const isMisnamed = toldIf((sight) => kindOf(sight) === 'misnamed');

const inEnvelope = ({ document, refusal }: Sight): Seen | undefined => {
  const root = document?.root;
  if (!root) return undefined;
  const { namespaceUri: uri } = root;
  if (refusal.problem === 'soap.version-mismatch')
    return uri === soap11.uri || uri === soap12.uri ? undefined : { where: [placeOf(root)] };
  const stray = children(root).find(
    ({ name, namespaceUri }) => (name === 'Header' || name === 'Body') && namespaceUri !== uri,
  );
  return (
    stray && {
      where: [placeOf(stray)],
      remedy: `put ${stray.name} into the namespace of the Envelope, ${uri}`,
    }
  );
};

const ofOperation = (sight: Sight): Seen | undefined => {
  const payload = sight.anatomy?.envelope.payload;
  const namesake = payload && sight.operations.find(({ request }) => request.name === payload.name);
  // What is a request of another service is in the right namespace, at a wrong address.
  if (kindOf(sight) === 'of-another-service') return undefined;
  return namesake && { ...asTold(sight), where: [placeOf(payload)] };
};

/** Drafts of WS-Security had an Id too. */
const UTILITY = /\/utility|wssecurity-utility/;

/** The Id that a reference means stands in an attribute of that name in the namespace of a draft. */
const ofId = (sight: Sight): Seen | undefined => {
  const { where } = sight.refusal.explanation;
  if (kindOf(sight) !== 'stray-id' || where === undefined) return undefined;
  const owner = sight.document && elementAt(sight.document, where);
  const drafted = owner?.attrs.some(
    ({ name, namespaceUri }) => name === 'Id' && namespaceUri !== wsu.uri && UTILITY.test(namespaceUri),
  );
  return drafted ? asTold(sight) : undefined;
};

const inSchema = (sight: Sight): Seen | undefined => {
  const { fault, explanation } = sight.refusal;
  const at = explanation.where && sight.document && elementAt(sight.document, explanation.where);
  return fault === 'namespace' && !(at && at.namespaceUri === '') ? asTold(sight) : undefined;
};

const SECURITY = [
  'security.header-missing',
  'security.header-content',
  'security.timestamp-form',
  'security.signature-form',
  'security.algorithm-form',
  'security.token-reference',
  'security.token-unsupported',
];

const looks: Readonly<Record<string, Rule['seen']>> = {
  ...Object.fromEntries(SECURITY.map((code) => [code, isMisnamed])),
  'soap.version-mismatch': inEnvelope,
  'soap.structure': inEnvelope,
  'soap.unknown-operation': ofOperation,
  'soap.must-understand': isMisnamed,
  'security.reference-unresolved': ofId,
  'security.token-unavailable': ofId,
  'schema.invalid': inSchema,
};

export const wrongNamespace: Rule = {
  cause: 'wrong-namespace',
  sentence:
    'an element or an Id has the right name in a wrong namespace: that of a draft, of another version or of another service',
  why: 'The namespace comes from a draft of WS-Security, from another version of the service, or from a hand that typed it.',
  rule: 'Namespaces in XML 1.0 §2; WSS 1.1 Appendix B',
  remedy:
    'take the namespaces from the WSDL and from the final standards, not from drafts or from other services',
  of: Object.keys(looks),
  seen: (sight) => looks[codeOf(sight.refusal)]?.(sight),
};
