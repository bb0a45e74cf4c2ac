// The contract as a stranger's tool loads it: WSDL and schemas with absolute links.

import { readFileSync } from 'node:fs';
import { packagePath } from '../kernel/root.ts';
import type { ServiceDescription } from '../soap/service.ts';

const escapeAttribute = (url: string): string =>
  url.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/**
 * The files of a service by query: `wsdl`, or `xsd=<name>`.
 *
 * @returns from a query, the address that was asked and the one that messages go to, without query, to the file;
 *   undefined where there is none
 */
export const createContractFiles = (service: ServiceDescription) => {
  const read = (path: string): string => readFileSync(packagePath(path), 'utf8');
  const wsdl = read(`wsdl/${service.wsdl}`);
  const schemas = new Map(Object.entries(service.schemas).map(([name, path]) => [name, read(`xsd/${path}`)]));
  const link = (text: string, address: string): string =>
    text.replace(
      /schemaLocation="([^"/:]+)"/g,
      (_, name: string) => `schemaLocation="${escapeAttribute(`${address}?xsd=${name}`)}"`,
    );
  return (
    query: Readonly<Record<string, unknown>>,
    address: string,
    endpoint: string,
  ): string | undefined => {
    const names = new Map(Object.entries(query).map(([key, value]) => [key.toLowerCase(), value]));
    if (names.has('wsdl')) {
      return link(wsdl, address).replace(
        /(<soap(?:12)?:address location=")[^"]*"/g,
        `$1${escapeAttribute(endpoint)}"`,
      );
    }
    const name = names.get('xsd');
    const schema = typeof name === 'string' ? schemas.get(name) : undefined;
    return schema === undefined ? undefined : link(schema, address);
  };
};

const HOST = /^\w(?:[\w-]*\w)?(?:\.\w(?:[\w-]*\w)?)*(?::\d+)?$|^\[[0-9A-Fa-f:.]+\](?::\d+)?$/;

/**
 * The address a request was sent to; the public URL where one is configured, never a strange Host header.
 *
 * @param own the address of the listener, for a Host header that is none; all without a trailing slash
 */
export const addressOf = (
  publicUrl: string | undefined,
  protocol: string,
  host: string | undefined,
  own: string,
): string => {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '');
  const asked = `${protocol}://${host ?? ''}`;
  // Ports above 65535 and addresses like 999.1.1.1 look like a Host and are none.
  return host !== undefined && HOST.test(host) && URL.canParse(asked) ? asked : own;
};

/** Where a service is published. */
export interface Published {
  readonly publicUrl: string | undefined;
  /** Whether it asks for a client certificate. */
  readonly overTls: boolean;
  /** The address of the listener of a protocol, known once it listens. */
  readonly own: (protocol: string) => string;
  /** The port of the https listener, known once it listens. */
  readonly tlsPort: () => number;
}

/** The https address on another port, of the same machine. */
const onPort = (address: string, port: number): string => `https://${new URL(address).hostname}:${port}`;

/** The address that calls go to, without path: where a certificate is asked for the https one, wherever the contract was fetched. */
export const endpointOf = (
  { publicUrl, overTls, own, tlsPort }: Published,
  protocol: string,
  host: string | undefined,
): string => {
  const base = addressOf(publicUrl, protocol, host, own(protocol));
  return overTls && publicUrl === undefined ? onPort(base, tlsPort()) : base;
};
