// Who a message says it is from: the certificate that it carries, whether anybody believes it or not. For the journal only.

import type { Envelope } from '../soap/envelope.ts';
import type { Caller } from '../soap/service.ts';
import { wsse } from '../xml/names.ts';
import { children, isNamed } from '../xml/tree.ts';
import { readToken } from './token.ts';
import { readCertificate } from './trust/certificate.ts';

const LONGEST_SUBJECT = 200;

/** What the first token of a Security header names; nothing where there is none that can be read. */
export const claimsIn = ({ blocks }: Envelope): Partial<Caller> => {
  for (const { element } of blocks) {
    if (!isNamed(element, wsse.uri, 'Security')) continue;
    const token = children(element).find((child) => isNamed(child, wsse.uri, 'BinarySecurityToken'));
    const der = token && readToken(token);
    const certificate = der && !('problem' in der) ? readCertificate(der) : undefined;
    if (!certificate) continue;
    const { organisation, subject, x509 } = certificate;
    return {
      organisation: organisation?.number,
      subject: subject.slice(0, LONGEST_SUBJECT),
      fingerprint: x509.fingerprint256,
    };
  }
  return {};
};
