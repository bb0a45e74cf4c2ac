// The contract as it is served: a WSDL, and every file that its links lead to.

import assert from 'node:assert/strict';
import { get as getHttp } from 'node:http';
import { get as getHttps, type RequestOptions } from 'node:https';

/** What a GET brought. */
export interface Served {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** GET by node:http or node:https, which, unlike fetch, let the caller choose the Host header and the trust. */
export const get = (url: string | URL, options: RequestOptions = {}): Promise<Served> =>
  new Promise((resolve, reject) => {
    const send = new URL(url).protocol === 'https:' ? getHttps : getHttp;
    const request = send(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    request.on('error', reject);
  });

const readAttribute = (attribute: string): string => attribute.replaceAll('&amp;', '&');

/** The schemaLocations of a file, as written. */
export const linksOf = (text: string): string[] =>
  [...text.matchAll(/schemaLocation="([^"]*)"/g)].map(([, link = '']) => readAttribute(link));

/** The address that a WSDL sends its messages to. */
export const addressIn = (wsdl: string): string =>
  readAttribute(/<soap:address location="([^"]*)"/.exec(wsdl)?.[1] ?? '');

/**
 * Loads the WSDL and, link by link, everything it needs.
 *
 * @param service the address to ask
 * @param base what the links must begin with; they are asked for at `service` all the same
 * @returns the files by the address that names them
 */
export const crawl = async (
  service: string,
  base = service,
  options: RequestOptions = {},
): Promise<ReadonlyMap<string, string>> => {
  const files = new Map<string, string>();
  const open = [`${base}?wsdl`];
  for (let link = open.pop(); link !== undefined; link = open.pop()) {
    if (files.has(link)) continue;
    assert.ok(link.startsWith(`${base}?`), `${link} stands under ${base}`);
    const { status, type, text } = await get(service + link.slice(base.length), options);
    assert.deepEqual([status, type], [200, 'text/xml; charset=utf-8'], link);
    files.set(link, text);
    open.push(...linksOf(text));
  }
  return files;
};
