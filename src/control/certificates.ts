// The certificates of the PKI's clients over the control interface, for whoever wants to call and has not got its folder.

import type { FastifyInstance } from 'fastify';
import { danishIdentity } from '../dfdg/caller.ts';
import type { HandedClient, HandedOut } from '../pki/handed-out.ts';
import { readPem } from '../security/trust/certificate.ts';
import { ControlError } from './problem.ts';

const TYPES: Readonly<Record<string, string>> = {
  pem: 'application/x-pem-file',
  key: 'application/x-pem-file',
  p12: 'application/x-pkcs12',
  crl: 'application/pkix-crl',
};

const view = ({ name, certificatePem, files }: HandedClient) => {
  const [certificate] = readPem(certificatePem);
  return {
    name,
    organisation:
      certificate && (certificate.organisation?.number ?? danishIdentity(certificate)?.cvr ?? null),
    subject: certificate?.subject,
    notAfter: certificate && new Date(certificate.notAfter).toISOString(),
    files,
  };
};

/** Mounts the list and the files. Nothing of them is kept on the way, and no header opens them to pages of other sites. */
export const mountCertificates = (scope: FastifyInstance, { clients, file }: HandedOut): void => {
  scope.get('/certificates', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { certificates: clients().map(view) };
  });
  scope.get<{ Params: { file: string } }>('/certificates/:file', async ({ params }, reply) => {
    const content = await file(params.file);
    if (!content)
      throw new ControlError(
        404,
        `there is no ${params.file.slice(0, 100)}; there are trust.pem, trust.p12, server.pem, root.crl, issuing.crl and the files that GET /_emulator/certificates lists`,
      );
    return reply
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff')
      .type(TYPES[params.file.slice(params.file.lastIndexOf('.') + 1)] ?? 'application/octet-stream')
      .send(content);
  });
};
