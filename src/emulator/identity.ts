// Who the emulator is, and whom it believes.

import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log-event.ts';
import { createIssued } from '../pki/issued.ts';
import type { Pki } from '../pki/pki.ts';
import { createAnswerSigner } from '../security/answers/sign.ts';
import type { SecurityMaterial } from '../security/protection.ts';
import { createSignerCache } from '../security/signer.ts';
import type { Configuration } from '../settings/settings.ts';
import { openCertificates, type ServerMaterial } from './certificates.ts';
import { openKnownCertificates, openTrust } from './trust.ts';

interface IdentityBase {
  readonly configuration: Configuration;
  readonly ownServer: ServerMaterial | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether answers are signed on the main thread. */
  readonly onTheSpot?: boolean;
}

/** @throws (rejects) UserError where the certificates cannot be used */
export const openIdentity = async ({ configuration, clock, log, ownServer, onTheSpot }: IdentityBase) => {
  const pki = await openCertificates(configuration, clock, log);
  const server = ownServer ?? pki.server;
  const issued = createIssued();
  const certificates = { pki, issued };
  const trust = openTrust(configuration, certificates, clock, log);
  const security: SecurityMaterial = {
    clock,
    trust,
    signers: createSignerCache(trust, openKnownCertificates(configuration, certificates, clock, log)),
    answerSigner: createAnswerSigner(server.certificatePem, server.keyPem, onTheSpot),
  };
  return { pki, issued, server, trust, security };
};

/** The certificate of the first client with an organisation number, PEM. */
export const clientWith =
  ({ clients }: Pki) =>
  (organisation: string): string | undefined =>
    [...clients.values()].find((client) => client.organisation === organisation)?.certificatePem;
