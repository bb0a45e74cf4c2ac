// Signers whose certificates are not believed.

import type { Arena } from '../../attacks/arena.ts';
import { leaves } from '../../attacks/authority.ts';
import type { Credentials } from '../../attacks/message.ts';
import { type CertificateWish, certificateOf, keyOf, pemOf } from '../../security/issuing.ts';
import type { Broken } from './ways.ts';

const by =
  (signer: () => Credentials): Broken['make'] =>
  ({ message }) =>
    message({ signer: signer() });
const client =
  (name: string): Broken['make'] =>
  (arena: Arena) =>
    arena.message({ signer: arena.client(name) });

const issued = (wish: Partial<CertificateWish>): Credentials => ({
  certificatePem: pemOf(
    certificateOf({ subject: 'Angriper TEST', key: 'attacker', issuerKey: 'stranger', ...wish }),
  ),
  keyPem: keyOf('attacker').export({ type: 'pkcs8', format: 'pem' }).toString(),
});

export const certificates: readonly Broken[] = [
  { name: 'expired', cause: 'certificate-expired', make: client('utloept') },
  { name: 'by an authority that has expired', cause: 'certificate-expired', make: by(leaves.byExpired) },
  { name: 'not yet valid', cause: 'certificate-not-yet-valid', make: by(leaves.notYet) },
  { name: 'revoked', cause: 'certificate-revoked', make: client('tilbakekalt') },
  { name: 'a list that nobody has renewed', cause: 'revocation-unknown', make: by(leaves.byOverdue) },
  { name: 'self-signed', cause: 'self-signed', make: client('selvsignert') },
  {
    name: 'of a public authority',
    cause: 'wrong-environment',
    make: by(() => issued({ issuer: 'Buypass Class 3 Test4 CA 3' })),
  },
  { name: 'of another PKI with the same names', cause: 'wrong-environment', make: by(leaves.forgedIssuer) },
  {
    name: 'below an authority that is not sent along',
    cause: 'chain-incomplete',
    make: by(leaves.belowUnsent),
  },
  {
    name: 'by an authority that has all names of a trusted one but its own',
    cause: 'chain-incomplete',
    make: by(leaves.unknownIssuer),
  },
  { name: 'of nobody', cause: 'issuer-unknown', make: by(() => issued({ issuer: 'Nobody' })) },
  {
    name: 'by another unit of an organisation that is trusted',
    cause: 'issuer-unknown',
    make: by(leaves.ofOtherUnit),
  },
  {
    name: 'by one that is called like an authority below which there is none',
    cause: 'issuer-unknown',
    make: by(leaves.besideDeadEnd),
  },
  { name: 'for encryption', cause: 'wrong-usage', make: by(leaves.encryption) },
  { name: 'of an authority', cause: 'wrong-usage', make: by(leaves.authority) },
  { name: 'issued by no authority', cause: 'wrong-usage', make: by(leaves.byEndEntity) },
  {
    name: 'of a policy that strict does not take',
    cause: 'wrong-usage',
    profile: 'strict',
    make: by(leaves.sound),
  },
  { name: 'with a key too short', cause: 'weak-key', make: by(leaves.short) },
  { name: 'by an authority with a key too short', cause: 'weak-key', make: by(leaves.byWeak) },
  {
    name: 'with a key of another kind',
    cause: 'algorithm-not-allowed',
    make: (arena) =>
      arena.message({ signer: leaves.sound(), token: arena.recipe({ signer: leaves.ec() }).token }),
  },
  { name: 'signed with SHA-1 by its authority', cause: 'algorithm-not-allowed', make: by(leaves.sha1) },
  { name: 'without an organisation', cause: 'organisation-missing', make: by(leaves.nameless) },
  {
    name: 'of another organisation than the message names',
    cause: 'organisation-not-the-signers',
    make: client('eboks'),
  },
  {
    name: 'of another organisation, by the journal',
    cause: 'organisation-not-the-signers',
    besides: ['UGYLDIG_ORGNR'],
    sent: 1,
    make: client('eboks'),
  },
];
