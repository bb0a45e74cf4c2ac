// The certificate that a message carries or names, and the algorithms that it was signed by.

import { decodeBase64 } from '../../xml/base64.ts';
import { ds, wsse } from '../../xml/names.ts';
import { elementAt, placeOf } from '../../xml/place.ts';
import { attribute, textOf } from '../../xml/tree.ts';
import { named } from './elements.ts';
import { asTold, kindOf, type Rule, type Seen, type Sight, toldIf } from './rule.ts';

const PEM = /-----\s*BEGIN |-----BEGIN/;
/** As much of a text as has the beginning of a PEM file in it. */
const BEGINNING = 400;

/** PEM as it is, or the base64 of it. */
export const isPem = (text: string): boolean => {
  const start = text.slice(0, BEGINNING).trimStart();
  if (PEM.test(start)) return true;
  const whole = decodeBase64(text);
  return whole !== undefined && PEM.test(whole.toString('latin1', 0, BEGINNING));
};

const pemAt = (sight: Sight): Seen | undefined => {
  const { document, refusal } = sight;
  const { where } = refusal.explanation;
  const at = document && where !== undefined ? elementAt(document, where) : undefined;
  const holders =
    refusal.problem === 'security.token-unreadable'
      ? named(document, 'BinarySecurityToken', wsse)
      : at
        ? [at]
        : [];
  const pem = holders.filter((element) => isPem(textOf(element)));
  return pem.length > 0 ? { where: pem.map(placeOf) } : undefined;
};

/** A transform or method that is not written in any form of ours, since none of ours is meant. */
const strangeAlgorithm = ({ refusal, document }: Sight): boolean => {
  if (refusal.problem !== 'security.algorithm-form') return true;
  const known = /xml-exc-c14n|xml-c14n|enveloped-signature|STR-Transform/;
  return named(document, 'Transform', ds).some(
    (transform) => !known.test(attribute(transform, '', 'Algorithm') ?? ''),
  );
};

const TYPE_NOT_WRITTEN =
  'the BinarySecurityToken does not say what it holds: a type is missing, or is not the whole URI';

export const tokenRules: readonly Rule[] = [
  {
    cause: 'pem-in-token',
    sentence: 'a certificate stands there as PEM text, where the base64 of its DER belongs',
    why: 'The PEM file is copied as it is, with its first and last line; or it is encoded once more.',
    rule: 'WSS X.509 Token Profile 1.1 §3.1; the schema: base64Binary',
    remedy:
      'write the base64 between the lines BEGIN CERTIFICATE and END CERTIFICATE, without them and encoded once',
    stacks: {
      PHP: "strip the first and the last line of the file: preg_replace('/-----[^-]+-----|\\s/', '', $pem)",
      'node-soap': 'hand over the PEM: the library strips it; in an element of your own strip it yourself',
    },
    of: ['security.token-unreadable', 'schema.invalid', 'content.certificate'],
    seen: pemAt,
  },
  {
    cause: 'token-unreadable',
    sentence: 'the BinarySecurityToken holds no X.509 certificate',
    why: 'The bytes are those of a key, of a whole chain, of a PKCS#12 file, or they were cut.',
    rule: 'WSS X.509 Token Profile 1.1 §3.1.1',
    remedy: 'write the base64 of one DER certificate, whole, and nothing after it',
    of: ['security.token-unreadable'],
    seen: asTold,
  },
  {
    cause: 'token-type-not-allowed',
    sentence:
      'the security token is of a kind that is not taken: a password, a SAML assertion, a path of certificates',
    why: 'The stack is set to send a user name, a SAML assertion or a path of certificates.',
    rule: 'contract: WS-Security of requests; WSS X.509 Token Profile 1.1 §3.1',
    remedy: 'send the single signing certificate as X509v3',
    stacks: {
      'CXF/WSS4J': 'useSingleCertificate=true; action "Timestamp Signature" without UsernameToken',
      SoapUI: 'Use single certificate for signing',
    },
    of: ['security.token-unsupported'],
    seen: (sight) =>
      kindOf(sight) === 'type-not-written'
        ? { ...asTold(sight), sentence: TYPE_NOT_WRITTEN, noStacks: true }
        : asTold(sight),
  },
  {
    cause: 'token-missing',
    sentence: 'the message does not carry the certificate that it is signed by',
    why: 'The stack is set to name its certificate, by issuer and number or by its key identifier, and not to send it.',
    rule: 'contract: the request carries its certificate; WSS X.509 Token Profile 1.1 §3.2.1',
    remedy: 'send the certificate as a BinarySecurityToken, and refer to it from KeyInfo',
    stacks: {
      'CXF/WSS4J': 'signatureKeyIdentifier=DirectReference',
      SoapUI: 'Key Identifier Type: Binary Security Token',
      WCF: 'X509KeyIdentifierClauseType.Any and SecurityTokenInclusionMode.AlwaysToRecipient',
    },
    of: ['security.token-missing', 'security.token-unavailable'],
    seen: toldIf(
      (sight) => sight.refusal.problem === 'security.token-missing' || kindOf(sight) === 'only-named',
    ),
  },
  {
    cause: 'algorithm-not-allowed',
    sentence: 'an algorithm is used that the profile does not take',
    why: 'The stack’s default is older than the profile: SHA-1, or RSA by another padding.',
    rule: 'WSS 1.1 §12; contract: WS-Security of requests',
    remedy:
      'rsa-sha256, sha256 and exclusive canonicalization are taken by every profile (kontakt contract --security)',
    stacks: {
      'CXF/WSS4J':
        'signatureAlgorithm http://www.w3.org/2001/04/xmldsig-more#rsa-sha256, signatureDigestAlgorithm http://www.w3.org/2001/04/xmlenc#sha256',
      WCF: 'defaultAlgorithmSuite="Basic256Sha256"',
      zeep: 'signature_method=xmlsec.Transform.RSA_SHA256, digest_method=xmlsec.Transform.SHA256',
      'node-soap': "signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'",
      SoapUI: 'Signature Algorithm and Digest Algorithm of the Signature entry',
    },
    of: [
      'security.algorithm',
      'security.algorithm-form',
      'security.certificate-algorithm',
      'security.certificate-untrusted',
    ],
    seen: toldIf((sight) =>
      sight.refusal.problem === 'security.certificate-untrusted'
        ? kindOf(sight) === 'certificate-scheme'
        : strangeAlgorithm(sight),
    ),
  },
  {
    cause: 'key-reference-not-allowed',
    sentence: 'KeyInfo names the certificate in a way that the profile does not take',
    why: 'The stack’s default way to name the key is another: KeyName, X509Data, an embedded token.',
    rule: 'contract: WS-Security of requests; WSS X.509 Token Profile 1.1 §3.2',
    remedy: 'let KeyInfo hold a SecurityTokenReference with a direct Reference to the BinarySecurityToken',
    stacks: {
      'CXF/WSS4J': 'signatureKeyIdentifier=DirectReference',
      SoapUI: 'Key Identifier Type: Binary Security Token',
      WCF: 'X509KeyIdentifierClauseType.Any, RequireDerivedKeys=false',
      zeep: 'BinarySignature(key_file, certfile, …), not Signature',
      PHP: 'wse-php: attachTokentoSig($token), not add509Cert',
    },
    of: ['security.token-reference'],
    seen: asTold,
  },
];
