// kontakt cert list | inspect: the test PKI, and any certificate explained.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClock } from '../kernel/clock.ts';
import { UserError } from '../kernel/user-error.ts';
import { type Certificate, readCertificate, readPem } from '../security/certificate.ts';
import { readTrust } from '../security/material.ts';
import { createTrustStore } from '../security/trust.ts';
import { findPki, loadPki } from './material.ts';

const POLICIES: Readonly<Record<string, string>> = {
  '2.16.578.1.26.1.0.3.2': 'Buypass organisation certificate, test (SEID v1)',
  '2.16.578.1.26.1.3.2': 'Buypass organisation certificate',
  '2.16.578.1.29.913.1.1.0': 'Commfides organisation certificate, test',
};

const generation = ({ organisation }: Certificate): string => {
  if (!organisation) return 'no Norwegian organisation certificate';
  return organisation.attribute === 'organizationIdentifier' ? 'SEID v2' : 'SEID v1';
};

const day = (instant: number): string => new Date(instant).toISOString();

const verdictOn = (
  certificate: Certificate,
  trust: ReturnType<typeof createTrustStore>,
  now: number,
): string => {
  const verdict = trust.judge(certificate, now);
  if (!('problem' in verdict)) return `trusted: ${verdict.chain.map(({ subject }) => subject).join(' ← ')}`;
  return `not trusted (${verdict.problem}): ${verdict.explanation.found}`;
};

export const certList = (data: string, { json }: { json?: boolean }): void => {
  const { clients, server, trustPem, crls } = loadPki(data);
  const trust = createTrustStore([trustPem], crls);
  const now = createClock().now('security');
  const rows = [server, ...clients].flatMap(({ name, certificatePath, keyPath, certificatePem }) => {
    const [certificate] = readPem(certificatePem);
    if (!certificate) return [];
    const verdict = trust.judge(certificate, now);
    return [
      {
        name,
        organisation: certificate.organisation?.number,
        generation: generation(certificate),
        notAfter: day(certificate.notAfter),
        state: 'problem' in verdict ? verdict.problem.replace('security.certificate-', '') : 'good',
        certificate: certificatePath,
        key: keyPath,
      },
    ];
  });
  if (json) {
    process.stdout.write(`${JSON.stringify({ certificates: rows }, null, 2)}\n`);
    return;
  }
  for (const one of rows) {
    process.stdout.write(
      `${one.name.padEnd(16)}${(one.organisation ?? '-').padEnd(11)}${one.generation.padEnd(9)}${one.state.padEnd(11)}${one.notAfter.slice(0, 10)}  ${one.certificate}\n`,
    );
  }
  process.stdout.write(
    `\ntrust anchors: ${join(data, 'pki', 'trust.pem')}; PKCS#12 beside each client, password changeit\n`,
  );
};

const readAny = (file: string): Certificate => {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new UserError(`${file}: ${(error as Error).message}`);
  }
  const [first] = readPem(bytes.toString('latin1'));
  const bare = bytes.toString('latin1').replace(/\s+/g, '');
  const certificate =
    first ??
    readCertificate(bytes) ??
    (/^[A-Za-z0-9+/=]+$/.test(bare) ? readCertificate(Buffer.from(bare, 'base64')) : undefined);
  if (!certificate) throw new UserError(`${file}: no certificate in it (PEM, DER and base64 were tried)`);
  return certificate;
};

/** Explains a certificate in PEM, DER or bare base64, as the emulator with this data directory would see it. */
export const certInspect = (
  file: string,
  data: string,
  { json, trust }: { json?: boolean; trust?: string[] },
): void => {
  const certificate = readAny(file);
  const { trustPem, crls } = findPki(data) ?? { trustPem: '', crls: [] };
  const store = createTrustStore([...(trustPem ? [trustPem] : []), ...readTrust(trust ?? [])], crls);
  const {
    organisation,
    keyUsage,
    policies,
    publicKey,
    notBefore,
    notAfter,
    subject,
    issuer,
    serialNumber,
    ca,
  } = certificate;
  const facts: Record<string, string> = {
    subject,
    issuer,
    'serial number': serialNumber,
    organisation: organisation
      ? `${organisation.number}, found in ${organisation.attribute}`
      : 'none found (2.5.4.97, serialNumber, CN)',
    generation: generation(certificate),
    key: `${publicKey.asymmetricKeyType ?? 'unknown'} ${publicKey.asymmetricKeyDetails?.modulusLength ?? ''}`.trim(),
    'key usage': keyUsage?.join(', ') ?? 'not restricted',
    CA: ca ? 'yes' : 'no',
    policies: policies.map((oid) => (POLICIES[oid] ? `${oid} (${POLICIES[oid]})` : oid)).join(', ') || 'none',
    validity: `${day(notBefore)} to ${day(notAfter)}`,
    chain: verdictOn(certificate, store, createClock().now('security')),
  };
  process.stdout.write(
    json
      ? `${JSON.stringify(facts, null, 2)}\n`
      : `${Object.entries(facts)
          .map(([name, value]) => `${name.padEnd(14)} ${value}`)
          .join('\n')}\n`,
  );
};
