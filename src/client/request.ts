// A request as the command line sends it: written from fields, signed by xml-crypto, so not by the code that verifies it.

import { SignedXml } from 'xml-crypto';
import { algorithms, tokenTypes } from '../security/algorithms.ts';
import type { OperationDescription, ServiceDescription } from '../soap/service.ts';
import { wsse, wsu } from '../xml/names.ts';
import { type ElementNode, element, write } from '../xml/writer.ts';

/** Who signs: certificate (the leaf comes first) and key, PEM. */
export interface ClientIdentity {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** Lifetime of the request's Timestamp in seconds; within every profile. */
const LIFETIME = 60;

const payloadOf = (
  operation: OperationDescription,
  values: Readonly<Record<string, string>>,
): ElementNode => {
  const namespace = { prefix: 'm', uri: operation.request.namespace };
  if (operation.compose) return element(namespace, operation.request.name, [], ...operation.compose(values));
  const present = operation.fields.filter(({ name }) => values[name] !== undefined);
  return element(
    namespace,
    operation.request.name,
    [],
    ...present.map(({ name }) => element(namespace, name, [], values[name] ?? '')),
  );
};

/** Writes an envelope without security. */
export const writeRequest = (
  { version: { namespace } }: ServiceDescription,
  operation: OperationDescription,
  values: Readonly<Record<string, string>>,
): string =>
  write(element(namespace, 'Envelope', [], element(namespace, 'Body', [], payloadOf(operation, values))));

const wsuId = (value: string) => ({ namespace: wsu, name: 'Id', value });

const leafBase64 = (pem: string): string =>
  (/-----BEGIN CERTIFICATE-----([^-]+)-----END/.exec(pem)?.[1] ?? '').replace(/\s+/g, '');

/**
 * Writes an envelope with BinarySecurityToken and Timestamp and signs Timestamp and Body: rsa-sha256, sha256,
 * exclusive C14N.
 *
 * @param now milliseconds since 1970
 */
export const writeSignedRequest = (
  { version: { namespace } }: ServiceDescription,
  operation: OperationDescription,
  values: Readonly<Record<string, string>>,
  { certificatePem, keyPem }: ClientIdentity,
  now: number,
): string => {
  const token = element(
    wsse,
    'BinarySecurityToken',
    [
      wsuId('X509'),
      { name: 'EncodingType', value: tokenTypes.base64 },
      { name: 'ValueType', value: tokenTypes.x509v3 },
    ],
    leafBase64(certificatePem),
  );
  const timestamp = element(
    wsu,
    'Timestamp',
    [wsuId('Timestamp')],
    element(wsu, 'Created', [], new Date(now).toISOString()),
    element(wsu, 'Expires', [], new Date(now + LIFETIME * 1000).toISOString()),
  );
  const security = element(
    wsse,
    'Security',
    [{ namespace, name: 'mustUnderstand', value: namespace.prefix === 'env' ? 'true' : '1' }],
    token,
    timestamp,
  );
  const body = element(namespace, 'Body', [wsuId('Body')], payloadOf(operation, values));
  const envelope = write(
    element(namespace, 'Envelope', [], element(namespace, 'Header', [], security), body),
  );

  const reference = `<wsse:SecurityTokenReference xmlns:wsse="${wsse.uri}"><wsse:Reference URI="#X509" ValueType="${tokenTypes.x509v3}"/></wsse:SecurityTokenReference>`;
  const signer = new SignedXml({
    privateKey: keyPem,
    signatureAlgorithm: algorithms.rsaSha256,
    canonicalizationAlgorithm: algorithms.excC14n,
    idMode: 'wssecurity',
    getKeyInfoContent: () => reference,
  });
  for (const name of ['Timestamp', 'Body']) {
    signer.addReference({
      xpath: `//*[@*[local-name(.)='Id']='${name}']`,
      transforms: [algorithms.excC14n],
      digestAlgorithm: algorithms.sha256,
    });
  }
  signer.computeSignature(envelope, {
    prefix: 'ds',
    location: { reference: "//*[local-name(.)='Security']", action: 'append' },
  });
  return signer.getSignedXml();
};
