// Somebody between client and emulator who changes the answers: what the clients' own verification must notice.

import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Stage } from './stage.ts';

/** Answers of the mailbox providers' service, changed. */
export const tampered = {
  /** Another word in the signed Body. */
  value: (answer: string) => answer.replace('>JA<', '>NEI<'),
  /** The signed Body moved into the header, and one that nobody signed in its place. */
  body: (answer: string) => {
    const [body = ''] = /<SOAP-ENV:Body.*<\/SOAP-ENV:Body>/s.exec(answer) ?? [];
    const forged = body.replace(/ wsu:Id="[^"]+"/, '').replace('>JA<', '>NEI<');
    return answer
      .replace(body, forged)
      .replace('</SOAP-ENV:Header>', `<w:was xmlns:w="urn:was">${body}</w:was>$&`);
  },
  /** No Security header at all. */
  security: (answer: string) => answer.replace(/<wsse:Security.*<\/wsse:Security>/s, ''),
  /** No Security header either, and something beside the answer that is named as a fault is. */
  fault: (answer: string) =>
    answer
      .replace(/<wsse:Security.*<\/wsse:Security>/s, '')
      .replace(/<SOAP-ENV:Body[^>]*>/, '$&<x:Fault xmlns:x="urn:x"/>'),
} as const;

/**
 * Lets a client speak to the service through somebody who changes the answers.
 *
 * @param work is given the address of the service there
 */
export const tampering = async <T>(
  { service }: Stage,
  change: (answer: string) => string,
  work: (service: string) => Promise<T>,
): Promise<T> => {
  const { origin, pathname } = new URL(service);
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url = '' } = incoming;
    // The Host stays as it came: the emulator writes the addresses of the WSDL from it.
    const onward = request(new URL(url, origin), { ...(method ? { method } : {}), headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const changed = method === 'POST' ? change(text) : text;
        outgoing.writeHead(response.statusCode ?? 502, {
          'content-type': response.headers['content-type'] ?? 'text/xml',
        });
        outgoing.end(changed);
      });
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
};
