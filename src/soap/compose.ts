// The last words: an answer without security in its envelope, and a problem as a fault of the right version.

import type { BareCode, Fault, FaultCode, FaultDetail } from '../kernel/face.ts';
import type { QName } from '../kernel/problem.ts';
import { type Namespace, xml } from '../xml/names.ts';
import { type ElementNode, element, write } from '../xml/writer.ts';
import type { SoapVersion } from './version.ts';

const STANDARD_1_1 = {
  VersionMismatch: 'VersionMismatch',
  MustUnderstand: 'MustUnderstand',
  Sender: 'Client',
  Receiver: 'Server',
} as const;

const envelope = (namespace: Namespace, blocks: readonly ElementNode[], payload: ElementNode): ElementNode =>
  element(
    namespace,
    'Envelope',
    [],
    ...(blocks.length > 0 ? [element(namespace, 'Header', [], ...blocks)] : []),
    element(namespace, 'Body', [], payload),
  );

/** An envelope without a Header around one Body child. */
export const composePlain = (payload: ElementNode, { namespace }: SoapVersion): string =>
  write(envelope(namespace, [], payload));

/** An element whose whole content is a QName of another namespace, which it declares. */
const qnameElement = (
  namespace: Namespace | undefined,
  name: string,
  prefix: string,
  code: QName,
): ElementNode => ({
  ...element(namespace, name, [], `${prefix}:${code.name}`),
  declares: [{ prefix, uri: code.namespace }],
});

const english = { namespace: xml, name: 'lang', value: 'en' } as const;

const isBare = (code: FaultCode): code is BareCode => typeof code !== 'string' && 'bare' in code;

const faultcode11 = (code: FaultCode, { prefix }: Namespace): ElementNode => {
  if (typeof code === 'string') return element(undefined, 'faultcode', [], `${prefix}:${STANDARD_1_1[code]}`);
  return isBare(code)
    ? element(undefined, 'faultcode', [], code.bare)
    : qnameElement(undefined, 'faultcode', 'wsse', code);
};

/** A fault's code as people say it, without its prefix. */
export const codeText = (code: FaultCode, version: SoapVersion): string => {
  if (typeof code === 'string') return version.name === '1.1' ? STANDARD_1_1[code] : code;
  return isBare(code) ? code.bare : code.name;
};

const detailElement = ({ namespace, name, fields }: FaultDetail): ElementNode => {
  const own = { prefix: 'fd', uri: namespace };
  return element(own, name, [], ...fields.map((field) => element(own, field.name, [], field.value)));
};

const fault11 = ({ code, text, detail }: Fault, namespace: Namespace): string => {
  const faultstring = element(undefined, 'faultstring', [english], text);
  const details = detail ? [element(undefined, 'detail', [], detailElement(detail))] : [];
  return write(
    envelope(
      namespace,
      [],
      element(namespace, 'Fault', [], faultcode11(code, namespace), faultstring, ...details),
    ),
  );
};

const fault12 = ({ code, text, notUnderstood = [] }: Fault, namespace: Namespace): string => {
  const value = element(
    namespace,
    'Value',
    [],
    `${namespace.prefix}:${typeof code === 'string' ? code : 'Sender'}`,
  );
  const subcodes =
    typeof code === 'string' || isBare(code)
      ? []
      : [element(namespace, 'Subcode', [], qnameElement(namespace, 'Value', 'wsse', code))];
  const reason = element(namespace, 'Reason', [], element(namespace, 'Text', [english], text));
  const blocks = notUnderstood.map((name, index) => ({
    ...element(namespace, 'NotUnderstood', [{ name: 'qname', value: `h${index}:${name.name}` }]),
    declares: [{ prefix: `h${index}`, uri: name.namespace }],
  }));
  const fault = element(namespace, 'Fault', [], element(namespace, 'Code', [], value, ...subcodes), reason);
  return write(envelope(namespace, blocks, fault));
};

/** A fault as a whole envelope; never signed, as the real services answered. */
export const composeFault = (fault: Fault, version: SoapVersion): string =>
  version.name === '1.2' ? fault12(fault, version.namespace) : fault11(fault, version.namespace);

/** SOAP 1.1 §6.2: always 500. SOAP 1.2 Part 2 table 20: 400 for Sender, else 500. */
export const faultStatus = (code: FaultCode, version: SoapVersion): number =>
  version.name === '1.2' && (code === 'Sender' || typeof code !== 'string') ? 400 : 500;
