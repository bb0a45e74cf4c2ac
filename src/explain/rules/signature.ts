// What is missing of a signature, and what it is not over.

import { isProblem } from '../../kernel/problem.ts';
import { resolvedIn } from '../../security/coverage.ts';
import { ds } from '../../xml/names.ts';
import { placeOf } from '../../xml/place.ts';
import { attribute, children } from '../../xml/tree.ts';
import { named } from './elements.ts';
import { asTold, kindOf, type Rule, type Sight, toldIf, when } from './rule.ts';

/** Whether an element of the same name is signed somewhere else. */
const isElsewhere = ({ anatomy, refusal }: Sight): boolean => {
  const coverage = anatomy?.coverage();
  const name = refusal.explanation.where?.replace(/^.*\//, '').replace(/\[\d+\]$/, '');
  return (
    coverage !== undefined &&
    !isProblem(coverage) &&
    resolvedIn(coverage).some(({ target }) => target.name === name)
  );
};

/** The whole document, by an empty URI, by none or by XPointer's root. */
const WHOLE = /^(?:|#xpointer\(\/\))$/;
const wholeReferences = ({ document }: Sight): string[] =>
  named(document, 'Reference', ds)
    .filter((reference) => WHOLE.test(attribute(reference, '', 'URI') ?? ''))
    .map(placeOf);

/** A reference of another form than #Id: to an attachment, to an address, by XPointer. */
const isForm = (sight: Sight): boolean => kindOf(sight) === 'no-id-reference';

const hasNoKeyInfo = ({ anatomy }: Sight): boolean => {
  const header = anatomy?.header();
  return (
    header !== undefined &&
    !isProblem(header) &&
    !children(header.signature).some(
      ({ name, namespaceUri }) => name === 'KeyInfo' && namespaceUri === ds.uri,
    )
  );
};

export const signatureRules: readonly Rule[] = [
  {
    cause: 'signed-elsewhere',
    sentence: 'an element of that name is signed, but it stands in another place than the one that counts',
    why: 'A copy was moved after signing, or Ids are given twice, so that the signature is of another element.',
    rule: 'WSS 1.1 §8: what is processed is what was signed, by its position; signature wrapping moves what was signed',
    remedy: 'leave the signed element where it was signed, and send one of it',
    of: ['security.coverage'],
    seen: toldIf(isElsewhere),
  },
  {
    cause: 'not-signed',
    sentence: 'an element that has to be signed is not among those that the signature names',
    why: 'The list of parts to sign leaves it out, or its namespace there is another.',
    rule: 'contract: signed are Timestamp and Body',
    remedy: 'add the element to the parts that the client signs',
    stacks: {
      'CXF/WSS4J':
        'signatureParts: {}{http://schemas.xmlsoap.org/soap/envelope/}Body;{}{http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd}Timestamp',
      WCF: 'ProtectionLevel.Sign on the contract, and includeTimestamp="true"',
      zeep: 'Signature signs Body and Timestamp where the envelope has both: add the Timestamp before it',
      'node-soap':
        'WSSecurityCert signs Body and its own Timestamp: leave both out of excludeReferencesFromSigning; name a Timestamp of your own in additionalReferences',
      SoapUI: 'Parts of the Signature entry: Body and Timestamp, with their namespaces',
    },
    of: ['security.coverage'],
    seen: asTold,
  },
  {
    cause: 'signature-missing',
    sentence: 'the message is not signed: there is no Signature in a Security header',
    why: 'The signing step is not configured for this call, or it ran on another copy of the message.',
    rule: 'contract: every request is signed; WSS 1.1 §5',
    remedy: 'switch WS-Security on in the client: Timestamp, BinarySecurityToken and Signature',
    stacks: {
      'CXF/WSS4J':
        'WSS4JOutInterceptor with action "Timestamp Signature", signatureParts of Body and Timestamp, signatureKeyIdentifier=DirectReference, and signatureAlgorithm and signatureDigestAlgorithm: the defaults are others',
      WCF: 'a binding with mutual certificate security: SecurityBindingElement.CreateMutualCertificateBindingElement',
      zeep: 'Client(wsdl, wsse=[timestamp, BinarySignature(key_file, certfile, signature_method=xmlsec.Transform.RSA_SHA256, digest_method=xmlsec.Transform.SHA256)]); timestamp is a plugin of your own that adds wsu:Timestamp to the Security header',
      'node-soap': 'client.setSecurity(new soap.WSSecurityCert(…))',
      SoapUI: 'Outgoing WSS in the authentication of the request',
    },
    of: ['security.header-missing', 'security.signature-missing'],
    seen: asTold,
  },
  {
    cause: 'timestamp-missing',
    sentence: 'the Security header has no Timestamp',
    why: 'The action or policy signs only, or the Timestamp is made for requests of another binding.',
    rule: 'WSS 1.1 §10; contract: Timestamp and Body are signed',
    remedy: 'add a Timestamp with Created and Expires, and sign it',
    stacks: {
      'CXF/WSS4J': 'action "Timestamp Signature", and both Body and Timestamp in signatureParts',
      WCF: 'includeTimestamp="true" on the security binding element',
      zeep: 'insert wsu:Timestamp into the Security header before Signature.apply',
    },
    of: ['security.timestamp-missing'],
    seen: asTold,
  },
  {
    cause: 'key-info-missing',
    sentence: 'the Signature has no KeyInfo: nothing says which certificate it is by',
    why: 'A signing library writes KeyInfo only when it is told what to put into it.',
    rule: 'WSS X.509 Token Profile 1.1 §3.2; XML Signature §4.5',
    remedy: 'let the Signature end in KeyInfo with a SecurityTokenReference to the BinarySecurityToken',
    stacks: { 'xml-crypto': 'set getKeyInfoContent to write the SecurityTokenReference' },
    of: ['security.signature-form'],
    seen: when(hasNoKeyInfo),
  },
  {
    cause: 'reference-of-whole-document',
    sentence: 'the signature is over the whole document, not over elements of it by their Ids',
    why: 'The example came from XML documents, where the enveloped signature over everything is usual.',
    rule: 'WSS 1.1 §8; contract: Timestamp and Body are signed, each by a reference to its Id',
    remedy: 'sign Timestamp and Body by URI="#…", not the document by URI="" with the enveloped transform',
    stacks: {
      'xml-crypto': 'addReference with an xpath for Body and for Timestamp, and isEmptyUri left out',
      PHP: 'xmlseclibs: addReference on the elements with their wsu:Id, not on the document',
    },
    of: ['security.reference-unresolved'],
    seen: (sight) => {
      const where = isForm(sight) ? wholeReferences(sight) : [];
      return where.length > 0 ? { where } : undefined;
    },
  },
  {
    cause: 'id-in-wrong-attribute',
    sentence: 'the Id that is referred to stands in an attribute that is no Id',
    why: 'The library writes Id without a namespace, or xml:id, and WS-Security looks for wsu:Id.',
    rule: 'WSS 1.1 §4.2: wsu:Id; XML Signature §4.4.3.2',
    remedy: 'write the Id as wsu:Id, in the namespace of the utility schema of WS-Security',
    stacks: {
      PHP: "setAttributeNS('http://docs.oasis-open.org/…-utility-1.0.xsd', 'wsu:Id', $id), not setAttribute('id', $id)",
      'xml-crypto': "idMode: 'wssecurity'",
    },
    of: ['security.reference-unresolved', 'security.token-unavailable'],
    seen: toldIf((sight) => kindOf(sight) === 'stray-id'),
  },
  {
    cause: 'signature-form',
    sentence:
      'the Signature is not in the form that WS-Security has: something is in it that is not expected, or not in its place',
    why: 'The library adds an Object, a second transform or its own elements.',
    rule: 'XML Signature §4; contract: WS-Security of requests',
    remedy:
      'sign Timestamp and Body with one Signature in the usual form: SignedInfo, SignatureValue, KeyInfo',
    of: [
      'security.signature-form',
      'security.algorithm-form',
      'security.reference-unresolved',
      'security.canonicalization',
      'security.signature-value',
    ],
    seen: (sight) =>
      sight.refusal.problem === 'security.reference-unresolved' && !isForm(sight) ? undefined : asTold(sight),
  },
  {
    cause: 'id-missing',
    sentence: 'an Id that is referred to is on no element, or on another than the one that is meant',
    why: 'The Id was changed or dropped after signing, or the reference was written by hand.',
    rule: 'XML Signature §4.4.3.2; WSS 1.1 §7.2',
    remedy: 'let the client write the wsu:Id before it signs, and nothing take it away afterwards',
    of: ['security.reference-unresolved', 'security.token-unavailable'],
    seen: toldIf((sight) => kindOf(sight) !== 'only-named'),
  },
  {
    cause: 'id-duplicate',
    sentence: 'an Id is on two elements: nobody can say which of them is signed',
    why: 'A template has fixed Ids, and a part of the message carries the same one.',
    rule: 'WSS 1.1 §4.1; XML Signature §4.4.3.2',
    remedy: 'give every element an Id of its own',
    of: ['security.id-duplicate'],
    seen: asTold,
  },
  {
    cause: 'replayed',
    sentence: 'the same signed message came before: it counts once',
    why: 'The client repeats a request after a timeout with the same bytes, or two messages of one second have the same Ids.',
    rule: 'WSS 1.1 §13: replay of messages; BSP C5442',
    remedy:
      'sign every message anew, also one that is sent again after a timeout: new Timestamp, new Signature',
    of: ['security.replay'],
    seen: asTold,
  },
];
