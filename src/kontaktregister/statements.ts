// What the services do beyond their operations and codes, rule by rule, each with how well it is known.

import type { Statement } from '../kernel/problem.ts';
import { lookupStatements } from './oppslagstjeneste/statements.ts';
import { restStatements } from './rest/statements.ts';

/** For people: `kontakt contract` prints them. */
export const statements: readonly Statement[] = [
  { what: 'messages, operations, types and codes as in the WSDL and the schemas', basis: 'documented' },
  { what: 'faults: plain SOAP faults, neither signed nor encrypted', basis: 'documented' },
  { what: 'fault codes of WS-Security failures: those of WSS 1.1', basis: 'assumed' },
  { what: 'organisation number of a certificate: 2.5.4.97, then serialNumber, then CN', basis: 'observed' },
  {
    what: 'no organisation number where 2.5.4.97 is of another country’s scheme, or 2.5.4.97 or serialNumber is there twice',
    basis: 'assumed',
  },
  {
    what: 'postkasseleverandoer: security as documented for oppslagstjeneste 16-02, over SOAP 1.1',
    basis: 'assumed',
  },
  {
    what: 'postkasseleverandoer: answers are signed (Timestamp, Body, SignatureConfirmation), and not encrypted (switch: --answer-encryption)',
    basis: 'assumed',
  },
  { what: 'a signature that was seen before is refused', basis: 'assumed' },
  {
    what: 'postkasseleverandoer, order of checks: person number, organisation number, certificate, person, reservation, mailboxes',
    basis: 'assumed',
  },
  {
    what: 'person numbers: today’s control digits and those of 2032 side by side; synthetic ones too',
    basis: 'documented',
  },
  { what: 'organisation numbers with 9908: or 0192: before them are taken', basis: 'assumed' },
  { what: 'a mailbox of another provider stays chosen (switch: --displace)', basis: 'assumed' },
  {
    what: 'every accepted change takes the next endringsnummer, those of the control interface and of seeds too',
    basis: 'documented',
  },
  ...lookupStatements.map(({ what, basis }) => ({ what: `oppslagstjeneste: ${what}`, basis })),
  ...restStatements,
];
