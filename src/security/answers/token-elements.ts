// How a certificate is carried, named and pointed at in a message: the elements, for answers and for the client alike.

import { ds, type Namespace, wsse, wsu } from '../../xml/names.ts';
import { type ElementNode, element } from '../../xml/writer.ts';
import { tokenTypes } from '../algorithms.ts';
import type { Certificate } from '../trust/certificate.ts';
import { writeName } from '../trust/distinguished-name.ts';
import { serialDecimal } from '../trust/serial-number.ts';

// Ids need to be unique within a message only.
const TOKEN_ID = 'X509';

export const id = (value: string) => ({ namespace: wsu, name: 'Id', value });
export const methodElement = (namespace: Namespace, name: string, algorithm: string): ElementNode =>
  element(namespace, name, [{ name: 'Algorithm', value: algorithm }]);

/** The certificate itself. */
export const tokenElement = ({ der }: Certificate): ElementNode =>
  element(
    wsse,
    'BinarySecurityToken',
    [
      id(TOKEN_ID),
      { name: 'EncodingType', value: tokenTypes.base64 },
      { name: 'ValueType', value: tokenTypes.x509v3 },
    ],
    der.toString('base64'),
  );

/** A reference to it in the same message. */
export const directReferenceElement = element(wsse, 'Reference', [
  { name: 'URI', value: `#${TOKEN_ID}` },
  { name: 'ValueType', value: tokenTypes.x509v3 },
]);

/** A certificate named by its issuer and number (XML Signature §4.5.4). */
export const issuerSerialElement = ({ issuerDer, serialNumber }: Certificate): ElementNode =>
  element(
    ds,
    'X509Data',
    [],
    element(
      ds,
      'X509IssuerSerial',
      [],
      element(ds, 'X509IssuerName', [], writeName(issuerDer)),
      element(ds, 'X509SerialNumber', [], serialDecimal(serialNumber)),
    ),
  );
