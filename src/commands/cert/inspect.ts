// kontakt cert inspect: any certificate explained, and judged by the functions that judge it in the emulator.

import { findPki } from '../../client/material.ts';
import type { CertificateJudgement } from '../../contract/certificates.ts';
import { certificateReadings, identityOf } from '../../emulator/contracts.ts';
import { createClock } from '../../kernel/clock.ts';
import { isProblem } from '../../kernel/problem.ts';
import { folderOf } from '../../pki/place.ts';
import type { Certificate } from '../../security/trust/certificate.ts';
import { readLists, readTrust } from '../../security/trust/material.ts';
import { revokes } from '../../security/trust/revocation-list.ts';
import { createTrustStore, type TrustStore } from '../../security/trust/trust.ts';
import type { Configuration } from '../../settings/settings.ts';
import { print, printJson } from '../print.ts';
import { showExplanation } from '../show.ts';
import { factsOf, moment } from './facts.ts';
import { readCertificateFile } from './file.ts';

type InspectSettings = Pick<Configuration, 'data' | 'pki' | 'inMemory' | 'trust' | 'crls'>;

const trustOf = (configuration: InspectSettings): TrustStore => {
  const { trust, crls } = configuration;
  const own = findPki(folderOf(configuration));
  const pems = [...(own ? [own.trustPem] : []), ...readTrust(trust)];
  return createTrustStore(pems, [...(own?.crls ?? []), ...readLists(crls, pems)]);
};

const validityAt = ({ notBefore, notAfter }: Certificate, now: number): string => {
  if (now < notBefore) return 'not yet valid';
  return now > notAfter ? 'expired' : 'valid now';
};

const revocationOf = (certificate: Certificate, trust: TrustStore): string[] =>
  trust.lists(certificate).map((list) => {
    const { issuer, number, thisUpdate, nextUpdate } = list;
    const state = revokes(list, certificate.serialNumber) ? 'revoked' : 'not revoked';
    return `${state} by the list ${number ?? 'without number'} of ${issuer}, from ${moment(thisUpdate)}, next due ${moment(nextUpdate)}`;
  });

const chainOf = (certificate: Certificate, trust: TrustStore, now: number): string => {
  const verdict = trust.judge(certificate, now);
  return isProblem(verdict)
    ? `not trusted (${verdict.problem}): ${verdict.explanation.found}`
    : `trusted: ${verdict.chain.map(({ subject }) => subject).join(' ← ')}`;
};

const rows = (facts: Readonly<Record<string, string>>): string[] =>
  Object.entries(facts).map(([name, value]) => `${name.padEnd(15)} ${value}`);

const printJudgements = (judgements: readonly CertificateJudgement[]): void => {
  let told: string | undefined;
  for (const { by, accepted, problem, explanation } of judgements) {
    print(['', `${by}: ${accepted ? 'would be taken' : `would be refused (${problem})`}`]);
    // Two profiles mostly refuse for the same reason, which is worth reading once.
    if (explanation && problem !== told) print(showExplanation(explanation));
    told = problem;
  }
};

/**
 * Explains a certificate file as the emulator with this data directory and this configuration would see it.
 *
 * @param password of a PKCS#12 file or an encrypted key
 * @throws UserError when the file cannot be read
 */
export const certInspect = async (
  file: string,
  configuration: InspectSettings,
  { json, password = 'changeit' }: { json?: boolean; password?: string },
): Promise<void> => {
  const { format, certificate, others, key } = await readCertificateFile(file, password);
  const trust = trustOf(configuration);
  const now = createClock().now('security');
  const revocation = revocationOf(certificate, trust);
  const facts = {
    file: `${format}, ${others.length + 1} certificate${others.length > 0 ? 's' : ''}, private key: ${key}`,
    ...factsOf(certificate),
    'at this time': validityAt(certificate, now),
    chain: chainOf(certificate, trust, now),
    revocation: revocation.join('; ') || 'no list that is known speaks of it',
  };
  const judged = certificateReadings.map(({ country, judge }) => ({
    country,
    judgements: judge(certificate, trust, now),
  }));
  if (json) {
    const judgements = judged.flatMap((one) => one.judgements);
    printJson({ ...facts, others: others.map(factsOf), judgements });
    return;
  }
  print(rows(facts));
  for (const other of others) print(['', 'in the same file', ...rows(factsOf(other))]);
  // Those of its own country; a stranger's certificate is judged where most are.
  const own = identityOf(certificate)?.country;
  const { judgements = [] } = judged.find(({ country }) => country === own) ?? judged[0] ?? {};
  printJudgements(judgements);
};
