// /_emulator/certificates: what lies with the clients of the PKI, and another client to order.

import type { FastifyInstance } from 'fastify';
import type { Control } from './control.ts';

const TYPES: Readonly<Record<string, string>> = {
  pem: 'application/x-pem-file',
  key: 'application/x-pem-file',
  p12: 'application/x-pkcs12',
  crl: 'application/pkix-crl',
};

interface OneFile {
  readonly Params: { readonly file: string };
}

/** Certificates. Nothing of them is kept on the way, and no header opens them to pages of other sites. */
export const mountCertificates = (
  scope: FastifyInstance,
  { certificates }: Pick<Control, 'certificates'>,
): void => {
  scope.get('/certificates', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { certificates: certificates.list() };
  });
  scope.post('/certificates', async ({ body }, reply) => {
    const made = await certificates.make(body);
    return reply.code(201).header('cache-control', 'no-store').send(made);
  });
  scope.get<OneFile>('/certificates/:file', async ({ params: { file } }, reply) => {
    const content = await certificates.file(file);
    return reply
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff')
      .type(TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream')
      .send(content);
  });
};
