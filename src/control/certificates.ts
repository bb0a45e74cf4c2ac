// The certificates of the PKI's clients, for whoever wants to call and has not got its folder.

import type { HandedClient, HandedOut } from '../pki/handed-out.ts';
import { TRUST } from '../pki/layout.ts';
import { type Certificate, readPem } from '../security/trust/certificate.ts';
import { ControlError } from './problem.ts';

/** The number of the organisation that a certificate names. */
export type OrganisationOf = (certificate: Certificate) => string | undefined;

const view = ({ name, certificatePem, files }: HandedClient, organisationOf: OrganisationOf) => {
  const [certificate] = readPem(certificatePem);
  return {
    name,
    organisation: certificate && (organisationOf(certificate) ?? null),
    subject: certificate?.subject,
    notAfter: certificate && new Date(certificate.notAfter).toISOString(),
    files,
  };
};

/** What a client calls with. */
export interface ClientFiles {
  readonly name: string;
  /** The organisation number or CVR number of the certificate. */
  readonly organisation: string | null;
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly p12: Buffer;
}

export interface CertificateControl {
  list(): ReturnType<typeof view>[];
  /** @throws (rejects) ControlError when there is no such client; it names those that there are */
  client(name: string): Promise<ClientFiles>;
  /** @throws (rejects) ControlError when no file of this name is handed out */
  file(name: string): Promise<Buffer>;
  /** All CA certificates, PEM. */
  trust(): Promise<string>;
}

export const controlCertificates = (
  { clients, file }: HandedOut,
  organisationOf: OrganisationOf,
): CertificateControl => {
  const given = async (name: string): Promise<Buffer> => {
    const content = await file(name);
    if (content) return content;
    throw new ControlError(
      404,
      `there is no ${name.slice(0, 100)}; there are trust.pem, trust.p12, server.pem, root.crl, issuing.crl and the files that GET /_emulator/certificates lists`,
    );
  };
  return {
    list: () => clients().map((client) => view(client, organisationOf)),
    client: async (name) => {
      const all = clients();
      const found = all.find((one) => one.name === name);
      if (!found) {
        const names = all.map((one) => one.name).join(', ');
        throw new ControlError(404, `there is no client "${name}"; there are ${names}`);
      }
      const [key, p12] = await Promise.all([given(`${name}.key`), given(`${name}.p12`)]);
      const { certificatePem } = found;
      return {
        ...{ name, certificatePem, keyPem: key.toString('utf8'), p12 },
        organisation: view(found, organisationOf).organisation ?? null,
      };
    },
    file: given,
    trust: async () => (await given(TRUST)).toString('utf8'),
  };
};
