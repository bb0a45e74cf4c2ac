// Why a certificate is not believed.

import type { Certificate } from '../../security/trust/certificate.ts';
import { asTold, type Rule, type Seen, type Sight, toldIf } from './rule.ts';

const signerOf = ({ anatomy }: Sight): Certificate | undefined => anatomy?.claimed();

/** Public authorities of Norway and Denmark, of production and of their tests, by names in their certificates. */
const PUBLIC =
  /Buypass|Commfides|BankID|MinID|Den Danske Stat|TRUST2408|Nets DanID|TDC OCES|DanID|CommfidesTest|Digitaliseringsstyrelsen/i;

const isOfOther = ({ refusal }: Sight): boolean =>
  /^not signed with the key of the .* that is known$|^its authorityKeyIdentifier names another key/s.test(
    refusal.explanation.found,
  );

const otherEnvironment = (sight: Sight): Seen | undefined => {
  const { found, check } = sight.refusal.explanation;
  if (!/^chain of the certificate/.test(check)) return undefined;
  if (isOfOther(sight))
    return {
      sentence:
        'the certificate names an authority that is known here, but another key has issued it: it is of another PKI with the same names, such as that of another data directory',
      found,
    };
  const issuer = signerOf(sight)?.issuer ?? '';
  const [authority] = PUBLIC.exec(issuer) ?? [];
  return authority === undefined
    ? undefined
    : {
        sentence: `the certificate names ${authority} as its issuer, an authority of the real services or of their tests, which is not trusted here`,
        found: issuer,
      };
};

const organisationIn = (name: string): string | undefined => /(?:^|, |\/)O=([^,/]+)/.exec(name)?.[1]?.trim();

/** The issuer is of the same organisation as an authority that is trusted: one between them may be missing. */
const betweenMissing = (sight: Sight): Seen | undefined => {
  const organisation = organisationIn(signerOf(sight)?.issuer ?? '');
  const above = sight.authorities.find(
    (name) => organisation !== undefined && organisationIn(name) === organisation,
  );
  return above === undefined
    ? undefined
    : { certain: false, found: `issued by ${signerOf(sight)?.issuer}; trusted is ${above}` };
};

const isChain = ({ refusal }: Sight): boolean => /^chain of the certificate/.test(refusal.explanation.check);

export const certificateRules: readonly Rule[] = [
  {
    cause: 'certificate-expired',
    sentence: 'the certificate has expired, or that of its authority',
    why: 'Nobody renewed it in time, or the client still loads the old file.',
    rule: 'RFC 5280 §6.1.3',
    remedy: 'order a new certificate, and let the client sign with it',
    of: ['security.certificate-expired'],
    seen: asTold,
  },
  {
    cause: 'certificate-not-yet-valid',
    sentence: 'the certificate is not valid yet',
    why: 'It was issued for a later day, or the clock of the emulator was set back.',
    rule: 'RFC 5280 §6.1.3',
    remedy: 'wait for its time, or set the clock right by which it is judged',
    of: ['security.certificate-not-yet-valid'],
    seen: asTold,
  },
  {
    cause: 'certificate-revoked',
    sentence: 'the certificate is on the revocation list of its authority',
    why: 'Its holder or authority withdrew it.',
    rule: 'RFC 5280 §6.3',
    remedy: 'order a new certificate: a revoked one never counts again',
    of: ['security.certificate-revoked'],
    seen: asTold,
  },
  {
    cause: 'revocation-unknown',
    sentence:
      'whether the certificate is revoked cannot be told: the revocation list is too old, or not one of its authority',
    why: 'The revocation list that counts is not at hand, or too old.',
    rule: 'RFC 5280 §6.3',
    remedy:
      'fetch the list anew from the address in the certificate (kontakt cert inspect), and name it with --crl',
    of: ['security.certificate-crl'],
    seen: asTold,
  },
  {
    cause: 'self-signed',
    sentence: 'the certificate is signed by its own key, and by nobody who is trusted',
    why: 'A key tool made the certificate, and no authority signed it.',
    rule: 'RFC 5280 §6.1',
    remedy:
      'sign with a certificate of an authority that is trusted (kontakt cert list), or trust this one with --trust',
    of: ['security.certificate-untrusted'],
    seen: toldIf(({ refusal }) => / is self-signed and no trust anchor$/s.test(refusal.explanation.found)),
  },
  {
    cause: 'wrong-environment',
    sentence:
      'the certificate is of another environment: of the real services or their tests, or of another data directory',
    why: 'The client is set up for production, for another test environment, or for another data directory.',
    rule: 'RFC 5280 §6.1: a chain to an anchor that is trusted',
    remedy:
      'sign with a client of this emulator’s PKI (kontakt cert list), or trust that authority with --trust',
    of: ['security.certificate-untrusted'],
    seen: otherEnvironment,
  },
  {
    cause: 'chain-incomplete',
    sentence: 'an authority between the certificate and the one that is trusted is probably not known',
    why: 'The authority between leaf and root is sent by nobody and known to nobody.',
    rule: 'RFC 5280 §6.1',
    remedy: 'name the intermediate certificate with --trust too',
    of: ['security.certificate-untrusted'],
    seen: (sight) => (isChain(sight) ? betweenMissing(sight) : undefined),
  },
  {
    cause: 'wrong-usage',
    sentence: 'the certificate is not for signing messages, or its authority is not one that may issue it',
    why: 'A certificate for encryption, or for TLS alone, is taken for signing.',
    rule: 'RFC 5280 §4.2.1.3, §4.2.1.9, §6.1.4',
    remedy:
      'sign with the organisation’s certificate for authentication and signing, not that for encryption, of a person or of a server',
    of: ['security.certificate-usage', 'security.certificate-policy', 'security.certificate-untrusted'],
    seen: toldIf((sight) => sight.refusal.problem !== 'security.certificate-untrusted' || !isChain(sight)),
  },
  {
    cause: 'issuer-unknown',
    sentence: 'nobody who is trusted has issued the certificate',
    why: 'The certificate is of an authority that nobody told the emulator to trust.',
    rule: 'RFC 5280 §6.1',
    remedy:
      'sign with a client of this emulator’s PKI (kontakt cert list), or trust your authority with --trust',
    of: ['security.certificate-untrusted'],
    seen: (sight) => ({ ...asTold(sight), certain: false }),
  },
  {
    cause: 'weak-key',
    sentence: 'the key of the certificate, or of its authority, is too short or of a kind that is not taken',
    why: 'The key is older than today’s rules, or was made with a short default.',
    rule: 'contract: certificates, RSA-2048',
    remedy: 'order a certificate with an RSA key of 2048 bits or more',
    of: ['security.certificate-key', 'security.authority-key'],
    seen: asTold,
  },
  {
    cause: 'organisation-missing',
    sentence: 'the certificate names no organisation',
    why: 'It is a person’s certificate, or one for a server name.',
    rule: 'contract: certificates; SEID',
    remedy:
      'sign with an organisation certificate (virksomhetssertifikat), not with one of a person or a server',
    of: ['security.certificate-organisation'],
    seen: asTold,
  },
  {
    cause: 'organisation-not-the-signers',
    sentence: 'the message names another organisation as its sender than the one whose certificate signed it',
    why: 'One client acts for several organisations, and takes the certificate of another.',
    rule: 'contract: an organisation acts for itself only',
    remedy: 'send your own number, or sign with the other organisation’s certificate',
    of: ['content.organisation'],
    seen: asTold,
  },
];
