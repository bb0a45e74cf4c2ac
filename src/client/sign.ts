// Signs an envelope as a client does: laid out first, then the digests and the signature of what stands there.

import { hash, randomBytes, sign } from 'node:crypto';
import type { XmlElement } from 'libxml2-wasm';
import { isProblem, type QName } from '../kernel/problem.ts';
import { UserError } from '../kernel/user-error.ts';
import { canonicalizations, digestMethods, signatureMethods } from '../security/algorithms.ts';
import { type Certificate, readPem } from '../security/trust/certificate.ts';
import type { Envelope } from '../soap/envelope.ts';
import { type Message, readMessage } from '../soap/read.ts';
import type { SoapVersion } from '../soap/version.ts';
import { canonicalOctets } from '../xml/canonical.ts';
import { wsse, wsu } from '../xml/names.ts';
import { children, isNamed } from '../xml/tree.ts';
import { write } from '../xml/writer.ts';
import { type Signing, securityElement, signs } from './security-header.ts';

/** Who signs: certificate (the leaf comes first) and key, PEM. */
export interface ClientIdentity {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** Where the Security header goes while the tree is written out. */
const PLACE = randomBytes(16).toString('hex');

const headerOf = (body: XmlElement, { namespace }: SoapVersion): XmlElement => {
  const [first] = children(body.parent ?? body);
  if (first && isNamed(first, namespace.uri, 'Header')) return first;
  return body.prependElement('Header', body.prefix || undefined);
};

/** Gives an element an Id by its name where it has none. */
const nameElement = (element: XmlElement): string => {
  const present = element.attrs.find(
    ({ name, namespaceUri }) => name === 'Id' && (namespaceUri === wsu.uri || namespaceUri === ''),
  );
  if (present) return present.value;
  const bound = element.namespaceForPrefix(wsu.prefix);
  const prefix = bound === null || bound === wsu.uri ? wsu.prefix : `${wsu.prefix}-`;
  if (bound !== wsu.uri) element.addNsDeclaration(wsu.uri, prefix);
  element.setAttr('Id', element.name, prefix);
  return element.name;
};

/** What is signed besides the Timestamp: the Body, then the header blocks in document order. */
const namedParts = ({ body, blocks }: Envelope, signing: Signing, wanted: readonly QName[]): XmlElement[] => [
  ...(signs(signing, 'Body') ? [body] : []),
  ...blocks
    .map(({ element }) => element)
    .filter((element) => wanted.some(({ namespace, name }) => isNamed(element, namespace, name))),
];

const read = (xml: string | Buffer): Message => {
  const message = readMessage(Buffer.from(xml));
  if (isProblem(message)) throw new UserError(`this cannot be signed: ${message.explanation.found}`);
  return message;
};

/** The envelope as it goes out, but for the digests and the signature: those are of what stands in it. */
const layOut = (
  envelope: Envelope,
  certificate: Certificate,
  signing: Signing,
  now: number,
  wanted: readonly QName[],
): string => {
  const { document, blocks, body, version } = envelope;
  if (blocks.some(({ element: block, ours }) => ours && isNamed(block, wsse.uri, 'Security')))
    throw new UserError('the envelope has a wsse:Security header already; remove it first');
  const ids = namedParts(envelope, signing, wanted).map(nameElement);
  const security = securityElement(
    { prefix: body.prefix, uri: version.namespace.uri },
    certificate,
    signing,
    ids,
    now,
  );
  headerOf(body, version).addText(PLACE);
  return document.toString({ format: false }).replace(PLACE, () => write(security));
};

/** The elements by their places: Ids may occur anywhere in what is signed. */
const placesIn = (envelope: Envelope, signing: Signing, wanted: readonly QName[]) => {
  const { blocks } = envelope;
  const [signature, timestamp] = blocks.flatMap(({ element: block }) => children(block)).reverse();
  const [signedInfo, value] = signature ? children(signature) : [];
  if (!timestamp || !signedInfo || !value)
    throw new Error('an envelope without the Security that was laid out');
  const named = namedParts(envelope, signing, wanted);
  return { targets: signs(signing, 'Timestamp') ? [timestamp, ...named] : named, signedInfo, value };
};

/**
 * Signs Timestamp and Body of an envelope that has no Security header yet.
 *
 * @param now milliseconds since 1970
 * @param wanted the header blocks that are signed too, where they are there
 * @throws UserError when the text is no envelope, or is signed already
 */
export const signEnvelope = (
  xml: string | Buffer,
  { certificatePem, keyPem }: ClientIdentity,
  signing: Signing,
  now: number,
  wanted: readonly QName[] = [],
): string => {
  const [certificate] = readPem(certificatePem);
  if (!certificate) throw new UserError('the client’s certificate cannot be read');
  using unsigned = read(xml);
  using laidOut = read(layOut(unsigned, certificate, signing, now, wanted));
  const { document } = laidOut;
  const { targets, signedInfo, value } = placesIn(laidOut, signing, wanted);
  const exclusive = canonicalizations.get(signing.canonicalization)?.exclusive ?? true;
  // Without comments: those of the targets count in no method (XMLDSig §4.4.3.3), and SignedInfo has none.
  const octetsOf = (part: XmlElement): Buffer => canonicalOctets(document, part, { exclusive, prefixes: [] });
  const digestMethod = digestMethods.get(signing.digest) ?? '';
  children(signedInfo)
    .slice(-targets.length)
    .forEach((reference, place) => {
      const target = targets[place] ?? reference;
      children(reference)
        .at(-1)
        ?.addText(hash(digestMethod, octetsOf(target), 'base64'));
    });
  const signatureMethod = signatureMethods.get(signing.signature);
  value.addText(sign(signatureMethod, octetsOf(signedInfo), keyPem).toString('base64'));
  return document.toString({ format: false });
};
