// The certificates of the PKI's clients, for whoever wants to call and has not got its folder; and another one to order.

import * as z from 'zod';
import { ConfigurationError } from '../kernel/user-error.ts';
import type { HandedClient, HandedOut } from '../pki/handed-out.ts';
import { ClientExists } from '../pki/issued.ts';
import { TRUST } from '../pki/layout.ts';
import type { OrderOptions } from '../pki/order.ts';
import { type Certificate, readPem } from '../security/trust/certificate.ts';
import { readBody } from './body.ts';
import type { Events } from './events.ts';
import { ControlError } from './problem.ts';

/** The number of the organisation that a certificate names. */
export type OrganisationOf = (certificate: Certificate) => string | undefined;

/** Makes a client with a certificate to order. @throws (rejects) ConfigurationError, ClientExists, DataDirectoryError */
export type Issue = (order: {
  readonly client: string;
  readonly options: OrderOptions;
  readonly force: boolean;
}) => Promise<void>;

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

type CertificateView = ReturnType<typeof view>;

/** What a client calls with. */
export interface ClientFiles {
  readonly name: string;
  /** The organisation number or CVR number of the certificate. */
  readonly organisation: string | null;
  readonly certificatePem: string;
  readonly keyPem: string;
  /** Undefined for an elliptic-curve key. */
  readonly p12: Buffer | undefined;
}

export interface CertificateControl {
  list(): CertificateView[];
  /** @throws (rejects) ControlError when there is no such client; it names those that there are */
  client(name: string): Promise<ClientFiles>;
  /** @throws (rejects) ControlError when no file of this name is handed out */
  file(name: string): Promise<Buffer>;
  /** All CA certificates, PEM. */
  trust(): Promise<string>;
  /**
   * Makes a client with a certificate of any kind, good or bad.
   *
   * @param order `{"client": "mitt", "shape": "seid2", "expired": true}`
   * @throws (rejects) ControlError for an order that cannot be, or a name that is taken
   */
  make(order: unknown): Promise<CertificateView>;
}

/** The options of `kontakt cert new`. */
const orderJson = z.strictObject({
  client: z.string(),
  shape: z.string().optional(),
  organisation: z.union([z.string(), z.literal(false)]).optional(),
  name: z.string().optional(),
  expired: z.boolean().optional(),
  notYetValid: z.boolean().optional(),
  from: z.string().optional(),
  until: z.string().optional(),
  revoked: z.boolean().optional(),
  usage: z.array(z.string()).optional(),
  policy: z.array(z.string()).optional(),
  bits: z.number().optional(),
  key: z.string().optional(),
  selfSigned: z.boolean().optional(),
  ca: z.boolean().optional(),
  force: z.boolean().optional(),
});

const NONE = 'none';

/** JSON has lists and numbers where the command line has words. */
const optionsIn = ({
  usage,
  policy,
  bits,
  ...plain
}: Omit<z.infer<typeof orderJson>, 'client' | 'force'>): OrderOptions =>
  Object.fromEntries(
    Object.entries({
      ...plain,
      usage: usage && (usage.join(',') || NONE),
      policy: policy?.length === 0 ? [NONE] : policy,
      bits: bits?.toString(),
    }).filter(([, value]) => value !== undefined),
  );

const refusalOf = (error: unknown): unknown => {
  if (error instanceof ConfigurationError) return new ControlError(400, error.message);
  return error instanceof ClientExists ? new ControlError(409, error.message) : error;
};

export const controlCertificates = (
  { clients, file, issue }: HandedOut & { readonly issue: Issue },
  organisationOf: OrganisationOf,
  events: Pick<Events, 'tell'>,
): CertificateControl => {
  const given = async (name: string): Promise<Buffer> => {
    const content = await file(name);
    if (content) return content;
    throw new ControlError(
      404,
      `there is no ${name.slice(0, 100)}; there are trust.pem, trust.p12, server.pem, root.crl, issuing.crl and the files that GET /_emulator/certificates lists`,
    );
  };
  const clientNamed = (name: string): HandedClient => {
    const all = clients();
    const found = all.find((one) => one.name === name);
    if (found) return found;
    const names = all.map((one) => one.name).join(', ');
    throw new ControlError(404, `there is no client "${name}"; there are ${names}`);
  };
  return {
    list: () => clients().map((client) => view(client, organisationOf)),
    client: async (name) => {
      const found = clientNamed(name);
      const [key, p12] = await Promise.all([given(`${name}.key`), file(`${name}.p12`)]);
      const { certificatePem } = found;
      return {
        ...{ name, certificatePem, keyPem: key.toString('utf8'), p12 },
        organisation: view(found, organisationOf).organisation ?? null,
      };
    },
    file: given,
    trust: async () => (await given(TRUST)).toString('utf8'),
    make: async (order) => {
      const { client, force = false, ...options } = readBody(orderJson, order, 'certificate');
      try {
        await issue({ client, options: optionsIn(options), force });
      } catch (error) {
        throw refusalOf(error);
      }
      events.tell('certificates', () => ({ name: client }));
      return view(clientNamed(client), organisationOf);
    },
  };
};
