// Attacks on the Signature itself: algorithms, transforms, references, KeyInfo and tokens that no profile allows.

import { createHmac, createPrivateKey, createPublicKey } from 'node:crypto';
import type { Arena } from './arena.ts';
import { attack, family } from './family.ts';
import {
  byDereference,
  directReference,
  keyInfoOf,
  type Method,
  type Recipe,
  rsa,
  signed,
} from './message.ts';
import { NS, URI } from './names.ts';

const XMLDSIG = NS.ds;
const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';

const turned = (name: string, problem: string, told: string, knobs: (arena: Arena) => Partial<Recipe>) =>
  attack(name, `security.${problem}`, told, (arena) => arena.message(knobs(arena)));
const edited = (name: string, problem: string, told: string, edit: (message: string) => string) =>
  attack(name, `security.${problem}`, told, (arena) => edit(arena.message()));
const form = (name: string, knobs: (arena: Arena) => Partial<Recipe>) =>
  turned(name, 'signature-form', 'InvalidSecurity', knobs);
const algorithmForm = (name: string, knobs: (arena: Arena) => Partial<Recipe>) =>
  turned(name, 'algorithm-form', 'UnsupportedAlgorithm', knobs);

const method = (name: string, uri: string, signature = rsa('sha256')) =>
  turned(`the signature method ${name}`, 'algorithm', 'UnsupportedAlgorithm', () => ({
    signatureMethod: uri,
    signature,
  }));
/** The public key as an HMAC secret: an old confusion. */
const hmac =
  (digest: string) =>
  (octets: Buffer, key: string): Buffer =>
    createHmac(digest, createPublicKey(createPrivateKey(key)).export({ type: 'spki', format: 'der' }))
      .update(octets)
      .digest();
const digest = (uri: string) =>
  turned(`the digest method ${uri || '(none)'}`, 'algorithm', 'UnsupportedAlgorithm', () => ({
    references: [signed('TS'), signed('Body', { digest: uri })],
  }));
const c14n = (uri: string) =>
  turned(`the canonicalization method ${uri || '(none)'}`, 'algorithm', 'UnsupportedAlgorithm', () => ({
    canonicalization: { algorithm: uri },
  }));
const transforms = (name: string, steps: Method[], problem = 'algorithm') =>
  turned(`the transform ${name}`, problem, 'UnsupportedAlgorithm', () => ({
    references: [signed('TS'), signed('Body', { transforms: steps })],
  }));
const exc = { algorithm: URI.exc };
const enveloped = { algorithm: `${XMLDSIG}enveloped-signature` };
const reference = (name: string, uri: string | undefined) =>
  turned(`a reference with ${name}`, 'reference-unresolved', 'FailedCheck', () => ({
    references: [signed('TS'), signed('Body', { uri })],
  }));

const STR = ' wsu:Id="STR"';
const named = keyInfoOf(directReference('#X509', STR));
const parameters = (content: string): Method => ({
  algorithm: URI.strTransform,
  content: `<wsse:TransformationParameters>${content}</wsse:TransformationParameters>`,
});
const exclusively = `<ds:CanonicalizationMethod Algorithm="${URI.exc}"/>`;
const dereferenced = (name: string, problem: string, told: string, knobs: Partial<Recipe>) =>
  turned(`STR-Transform ${name}`, problem, told, () => ({ keyInfo: named, ...knobs }));
const dereferencedBy = (name: string, step: Method, problem = 'algorithm-form', more: Method[] = []) =>
  dereferenced(name, problem, 'UnsupportedAlgorithm', {
    references: [signed('TS'), signed('Body'), byDereference(exc, { transforms: [step, ...more] })],
  });
/** A SecurityTokenReference in a header block of its own. */
const elsewhere = `<x:Trace xmlns:x="urn:x">${directReference('#X509', ' wsu:Id="Other"')}</x:Trace>`;

const dereferences = [
  dereferencedBy('without parameters', { algorithm: URI.strTransform }),
  dereferencedBy('with empty parameters', parameters('')),
  dereferencedBy('with two canonicalizations', parameters(exclusively.repeat(2))),
  dereferencedBy('with something beside its parameters', {
    ...parameters(exclusively),
    content: `${parameters(exclusively).content}<ds:XPath>true()</ds:XPath>`,
  }),
  dereferencedBy('with XSLT in its parameters', parameters('<ds:Transform Algorithm="urn:x"/>')),
  dereferencedBy(
    'with an unknown canonicalization',
    parameters(`<ds:CanonicalizationMethod Algorithm="${URI.c14n11}"/>`),
    'algorithm',
  ),
  dereferencedBy('followed by C14N', parameters(exclusively), 'algorithm-form', [exc]),
  dereferencedBy('after enveloped-signature', enveloped, 'algorithm-form', [parameters(exclusively)]),
  dereferenced('on the Body', 'algorithm', 'UnsupportedAlgorithm', {
    references: [signed('TS'), byDereference(exc, { uri: '#Body', target: '//soap:Body' })],
  }),
  dereferenced('on the Timestamp', 'algorithm', 'UnsupportedAlgorithm', {
    references: [byDereference(exc, { uri: '#TS', target: '//wsu:Timestamp' }), signed('Body')],
  }),
  dereferenced('on the token itself', 'algorithm', 'UnsupportedAlgorithm', {
    references: [signed('TS'), signed('Body'), byDereference(exc, { uri: '#X509' })],
  }),
  dereferenced('on a reference outside KeyInfo', 'algorithm', 'UnsupportedAlgorithm', {
    before: elsewhere,
    references: [signed('TS'), signed('Body'), byDereference(exc, { uri: '#Other' })],
  }),
  dereferenced('of a token in the Body’s stead', 'coverage', 'FailedCheck', {
    keyInfo: keyInfoOf(directReference('#X509', ' wsu:Id="Body"')),
    bodyAttributes: '',
    references: [signed('TS'), byDereference(exc, { uri: '#Body' })],
  }),
  dereferenced('and nothing else', 'coverage', 'FailedCheck', { references: [byDereference()] }),
  dereferenced('with two references in KeyInfo', 'token-reference', 'UnsupportedSecurityToken', {
    keyInfo: keyInfoOf(directReference('#X509', STR) + directReference()),
    references: [signed('TS'), signed('Body'), byDereference()],
  }),
  dereferenced('of a reference to a reference', 'token-unavailable', 'SecurityTokenUnavailable', {
    keyInfo: keyInfoOf(directReference('#Other', STR)),
    before: elsewhere,
    references: [signed('TS'), signed('Body'), byDereference()],
  }),
  dereferenced('of a reference in a reference', 'token-reference', 'UnsupportedSecurityToken', {
    keyInfo: keyInfoOf(
      `<wsse:SecurityTokenReference${STR}>${directReference()}</wsse:SecurityTokenReference>`,
    ),
    references: [signed('TS'), signed('Body'), byDereference()],
  }),
  attack('a token changed behind an STR-Transform', 'security.digest', 'FailedCheck', (arena) =>
    arena
      .message({ keyInfo: named, references: [signed('TS'), signed('Body'), byDereference()] })
      .replace('<wsse:BinarySecurityToken ', '<wsse:BinarySecurityToken xml:lang="no" '),
  ),
  attack(
    'an STR-Transform with a plain canonicalization’s digest',
    'security.digest',
    'FailedCheck',
    (arena) =>
      arena.message({
        keyInfo: named,
        references: [
          signed('TS'),
          signed('Body'),
          {
            ...signed('X509'),
            uri: '#STR',
            transforms: byDereference().transforms ?? [],
            canonical: URI.exc,
          },
        ],
      }),
  ),
];

family('signature', [
  method('rsa-sha1', URI.rsaSha1, rsa('sha1')),
  method('rsa-sha512', URI.rsaSha512, rsa('sha512')),
  method('rsa-md5', `${MORE}rsa-md5`, rsa('md5')),
  method('RSA-PSS', 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1'),
  method('hmac-sha1', `${XMLDSIG}hmac-sha1`, hmac('sha1')),
  method('hmac-sha256', `${MORE}hmac-sha256`, hmac('sha256')),
  method('dsa-sha1', `${XMLDSIG}dsa-sha1`),
  method('ecdsa-sha256', `${MORE}ecdsa-sha256`),
  method('none', ''),
  method('with white space around it', ` ${URI.rsaSha256} `),
  method('in capitals', URI.rsaSha256.toUpperCase()),
  algorithmForm('HMACOutputLength', () => ({
    methodContent: '<ds:HMACOutputLength>0</ds:HMACOutputLength>',
  })),
  ...[URI.md5, URI.sha512, `${MORE}sha224`, ''].map(digest),
  ...[URI.c14n11, `${URI.c14n11}#WithComments`, 'http://www.w3.org/TR/1999/REC-xslt-19991116', ''].map(c14n),
  transforms('enveloped-signature behind C14N', [exc, enveloped], 'algorithm-form'),
  transforms('enveloped-signature twice', [enveloped, enveloped, exc], 'algorithm-form'),
  transforms(
    'enveloped-signature with content',
    [{ ...enveloped, content: '<ds:XPath>x</ds:XPath>' }, exc],
    'algorithm-form',
  ),
  turned('enveloped-signature around the Signature', 'algorithm', 'UnsupportedAlgorithm', () => ({
    securityAttributes: ' wsu:Id="Security"',
    references: [
      signed('TS'),
      signed('Body'),
      { target: undefined, uri: '#Security', transforms: [enveloped, exc] },
    ],
  })),
  transforms('C14N twice', [exc, exc], 'algorithm-form'),
  transforms('XSLT', [{ algorithm: 'http://www.w3.org/TR/1999/REC-xslt-19991116' }]),
  transforms(
    'XSLT with a stylesheet',
    [
      {
        algorithm: 'http://www.w3.org/TR/1999/REC-xslt-19991116',
        content: '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"/>',
      },
    ],
    'algorithm-form',
  ),
  transforms('XPath', [{ algorithm: 'http://www.w3.org/TR/1999/REC-xpath-19991116' }]),
  transforms(
    'XPath with an expression',
    [{ algorithm: 'http://www.w3.org/TR/1999/REC-xpath-19991116', content: '<ds:XPath>false()</ds:XPath>' }],
    'algorithm-form',
  ),
  transforms('XPath filter 2', [{ algorithm: 'http://www.w3.org/2002/06/xmldsig-filter2' }]),
  transforms('base64', [{ algorithm: `${XMLDSIG}base64` }]),
  transforms('decryption', [{ algorithm: 'http://www.w3.org/2002/07/decrypt#XML' }]),
  ...dereferences,
  transforms('none', [{ algorithm: '' }]),
  edited('empty Transforms', 'algorithm-form', 'UnsupportedAlgorithm', (message) =>
    message.replace(/<ds:Transforms>.*?<\/ds:Transforms>/, '<ds:Transforms/>'),
  ),
  reference('an http URI', 'http://127.0.0.1:9/evil'),
  reference('a file URI', 'file:///etc/passwd'),
  reference('a cid URI', 'cid:attachment'),
  reference('an empty URI', ''),
  reference('no URI', undefined),
  reference('a bare #', '#'),
  reference('an XPointer to the root', '#xpointer(/)'),
  reference('an XPointer to an Id', "#xpointer(id('Body'))"),
  reference('a fragment of another document', 'other.xml#Body'),
  reference('white space in the URI', '#Body '),
  turned('a reference to nothing', 'reference-unresolved', 'FailedCheck', () => ({
    references: [signed('TS'), signed('Body'), { target: undefined, uri: '#nothing' }],
  })),
  form('a Manifest in an Object', () => ({
    objects: '<ds:Object><ds:Manifest Id="M"><ds:Reference URI="#Body"/></ds:Manifest></ds:Object>',
  })),
  form('an empty Object', () => ({ objects: '<ds:Object/>' })),
  form('no reference', () => ({ references: [] })),
  form('nine references', () => ({
    references: [signed('TS'), ...Array.from({ length: 8 }, () => signed('Body'))],
  })),
  form('an unknown element in SignedInfo', () => ({ signedInfoTail: '<x/>' })),
  form('no KeyInfo', () => ({ keyInfo: '' })),
  form('two KeyInfo', () => ({ keyInfo: keyInfoOf(directReference()).repeat(2) })),
  edited('SignatureMethod before CanonicalizationMethod', 'signature-form', 'InvalidSecurity', (message) =>
    message.replace(
      /(<ds:CanonicalizationMethod.*?<\/ds:CanonicalizationMethod>)(<ds:SignatureMethod.*?<\/ds:SignatureMethod>)/,
      '$2$1',
    ),
  ),
  edited('two SignedInfo', 'signature-form', 'InvalidSecurity', (message) =>
    message.replace(/(<ds:SignedInfo>.*<\/ds:SignedInfo>)/s, '$1$1'),
  ),
  edited('an empty SignatureValue', 'signature-value', 'FailedCheck', (message) =>
    message.replace(/(<ds:SignatureValue>)[^<]*/, '$1'),
  ),
  edited('an element in SignatureValue', 'signature-value', 'FailedCheck', (message) =>
    message.replace('<ds:SignatureValue>', '<ds:SignatureValue><x/>'),
  ),
  edited('a SignatureValue of zeros', 'signature-value', 'FailedCheck', (message) =>
    message.replace(/(<ds:SignatureValue>)[^<]*/, `$1${Buffer.alloc(256).toString('base64')}`),
  ),
  edited('a SignatureValue with a leading zero byte', 'signature-value', 'FailedCheck', (message) =>
    message.replace(
      /(<ds:SignatureValue>)([^<]*)/,
      (_, start, value) =>
        start + Buffer.concat([Buffer.alloc(1), Buffer.from(value, 'base64')]).toString('base64'),
    ),
  ),
  form('an element in DigestValue', () => ({
    references: [signed('TS'), signed('Body', { digestContent: '<x/>' })],
  })),
  algorithmForm('an element in InclusiveNamespaces’ place', () => ({
    canonicalization: { algorithm: URI.exc, content: '<x/>' },
  })),
  edited('a changed SignedInfo', 'signature-value', 'FailedCheck', (message) =>
    message.replace('<ds:SignedInfo>', '<ds:SignedInfo Id="x">'),
  ),
  edited('a relative namespace in the Body', 'canonicalization', 'FailedCheck', (message) =>
    message.replace('<m:personidentifikator', '<m:personidentifikator xmlns:r="relative"'),
  ),
]);
