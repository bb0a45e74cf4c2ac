// kontakt cert list: the certificates of a folder, and how each of them stands.

import { join } from 'node:path';
import { loadPki } from '../../client/material.ts';
import { identityOf } from '../../emulator/contracts.ts';
import { createClock } from '../../kernel/clock.ts';
import { isProblem } from '../../kernel/problem.ts';
import { TRUST, TRUST_STORE } from '../../pki/layout.ts';
import { readPem } from '../../security/trust/certificate.ts';
import { judgeFitness } from '../../security/trust/fitness.ts';
import { createTrustStore } from '../../security/trust/trust.ts';
import { print, printJson } from '../print.ts';
import { moment } from './facts.ts';

export const certList = (folder: string, { json }: { json?: boolean }): void => {
  const { clients, server, trustPem, crls } = loadPki(folder);
  const trust = createTrustStore([trustPem], crls);
  const now = createClock().now('security');
  const rows = [server, ...clients].flatMap(({ name, certificatePath, keyPath, certificatePem }) => {
    const [certificate] = readPem(certificatePem);
    if (!certificate) return [];
    const verdict = trust.judge(certificate, now);
    const problem = isProblem(verdict) ? verdict : judgeFitness(certificate);
    const identity = identityOf(certificate);
    return [
      {
        name,
        organisation: identity?.number,
        generation: identity?.generation ?? 'none',
        notAfter: moment(certificate.notAfter),
        state: problem?.problem.replace('security.certificate-', '') ?? 'good',
        certificate: certificatePath,
        key: keyPath,
      },
    ];
  });
  if (json) {
    printJson({ certificates: rows });
    return;
  }
  print([
    ...rows.map(
      (one) =>
        `${one.name.padEnd(16)}${(one.organisation ?? '-').padEnd(11)}${one.generation.padEnd(9)}${one.state.padEnd(15)}${one.notAfter.slice(0, 10)}  ${one.certificate}`,
    ),
    '',
    `trust anchors: ${join(folder, TRUST)}, for Java ${TRUST_STORE}; PKCS#12 beside each client, password changeit (<name>-legacy.p12 for older stacks)`,
  ]);
};
