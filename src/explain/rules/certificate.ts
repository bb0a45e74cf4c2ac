// Why a certificate is not believed.

import type { Certificate } from '../../security/trust/certificate.ts';
import { COMMON_NAME, ORGANISATION_NAMES, type SubjectAttribute } from '../../security/trust/subject.ts';
import { asTold, kindOf, type Rule, type Seen, type Sight, toldIf } from './rule.ts';

const signerOf = ({ anatomy }: Sight): Certificate | undefined => anatomy?.claimed();

/** Public authorities of Norway and Denmark, of production and of their tests, by names in their certificates. */
const PUBLIC =
  /Buypass|Commfides|BankID|MinID|Den Danske Stat|TRUST2408|Nets DanID|TDC OCES|DanID|CommfidesTest|Digitaliseringsstyrelsen/i;

const otherEnvironment = (sight: Sight): Seen | undefined => {
  const kind = kindOf(sight);
  if (kind === 'issuer-of-other-key')
    return {
      sentence:
        'the certificate names an authority that is known here, but another key has issued it: it is of another PKI with the same names, such as that of another data directory',
      found: sight.refusal.explanation.found,
    };
  const issuer = kind === 'issuer-unknown' ? (signerOf(sight)?.issuer ?? '') : '';
  const [authority] = PUBLIC.exec(issuer) ?? [];
  // Where somebody trusts another certificate of that authority, one between the two may be missing.
  return authority === undefined || sight.authorities.some(({ subject }) => subject.includes(authority))
    ? undefined
    : {
        sentence: `the certificate names ${authority} as its issuer, an authority of the real services or of their tests, which is not trusted here`,
        found: issuer,
      };
};

/** A name without what tells authorities of one organisation apart. */
const ofOrganisation = (attributes: readonly SubjectAttribute[]): string[] =>
  attributes.filter(({ type }) => type !== COMMON_NAME).map(({ type, text }) => `${type}=${text}`);

const isNamedAlike = (leaf: Certificate, { attributes }: Certificate): boolean => {
  const [ours, theirs] = [ofOrganisation(leaf.issuerAttributes), ofOrganisation(attributes)];
  return (
    leaf.issuerAttributes.some(({ type }) => ORGANISATION_NAMES.includes(type)) &&
    ours.length === theirs.length &&
    ours.every((one) => theirs.includes(one))
  );
};

/** Whether an authority may have issued the certificate of another: a path length of nought forbids it. */
const mayIssueAuthorities = ({ pathLength }: Certificate): boolean => pathLength !== 0;

/**
 * The issuer is not known, and was certified by an authority that is trusted: so the certificate says itself
 * (authorityKeyIdentifier), or so it may be by their names. Nothing of it can be verified without the missing one.
 */
const betweenMissing = (sight: Sight): Seen | undefined => {
  const leaf = signerOf(sight);
  if (kindOf(sight) !== 'issuer-unknown' || !leaf) return undefined;
  const able = sight.authorities.filter(mayIssueAuthorities);
  const named = able.find(({ subjectDer }) =>
    leaf.authorityKey.issuedBy.some((name) => name.equals(subjectDer)),
  );
  if (named)
    return {
      certain: false,
      sentence:
        'an authority between the certificate and the one that is trusted is not known: the certificate says that its issuer is below one that is trusted',
      found: `issued by ${leaf.issuer}, which was certified by ${named.subject}, as the authorityKeyIdentifier says`,
    };
  const alike = able.find((one) => isNamedAlike(leaf, one));
  return (
    alike && {
      certain: false,
      sentence:
        'an authority between the certificate and the one that is trusted may not be known: the issuer has all names of one that is trusted but the common name',
      found: `issued by ${leaf.issuer}; trusted is ${alike.subject}`,
    }
  );
};

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
    seen: toldIf((sight) => kindOf(sight) === 'self-signed'),
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
    why: 'Only the root was named as trusted. The authority below it, which issued the certificate, is neither sent with the message nor known.',
    rule: 'RFC 5280 §6.1',
    remedy:
      'name the certificate of the issuer with --trust too; where it is not below an authority that is trusted, sign with another certificate',
    of: ['security.certificate-untrusted'],
    seen: betweenMissing,
  },
  {
    cause: 'wrong-usage',
    sentence: 'the certificate is not for signing messages, or its authority is not one that may issue it',
    why: 'A certificate for encryption, or for TLS alone, is taken for signing.',
    rule: 'RFC 5280 §4.2.1.3, §4.2.1.9, §6.1.4',
    remedy:
      'sign with the organisation’s certificate for authentication and signing, not that for encryption, of a person or of a server',
    of: ['security.certificate-usage', 'security.certificate-policy', 'security.certificate-untrusted'],
    seen: toldIf(
      (sight) =>
        sight.refusal.problem !== 'security.certificate-untrusted' || kindOf(sight) === 'not-permitted',
    ),
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
