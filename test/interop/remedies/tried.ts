// Of which causes the remedy for a stack is tried with that stack: remedies.test.ts tries them, the pages tell it.

import type { Stack } from '../../../src/explain/hypothesis.ts';

export type TriedStack = Extract<
  Stack,
  'PHP' | 'zeep' | 'CXF/WSS4J' | 'JAX-WS' | 'gSOAP' | 'xml-crypto' | 'node-soap'
>;

/** The cause of what is tried; where a remedy has two halves, they are tried as `cause/half`. */
export const causeTried = (name: string): string => name.replace(/\/.*/, '');

export const tried: readonly (readonly [stack: TriedStack, causes: readonly string[]])[] = [
  [
    'PHP',
    [
      'whitespace-added',
      'whitespace-removed',
      'id-set-after-digest',
      'inclusive-labelled-exclusive',
      'exclusive-labelled-inclusive',
      'digest-of-other-encoding',
      'digest-of-nothing',
      'digest-in-hex',
      'signature-without-digest-info',
      'charset',
      'digest-of-raw-text',
      'element-misplaced',
      'element-unqualified',
      'entity-undeclared',
      'id-in-wrong-attribute',
      'local-time-as-utc',
      'offset-not-utc',
      'pem-in-token',
      'rpc-wrapper',
      'soap-action',
      'soap-version',
      'xml-not-at-start',
      'xsi-type-unknown',
      'zone-missing',
    ],
  ],
  [
    'zeep',
    [
      'whitespace-added',
      'whitespace-removed',
      'prefix-changed',
      'wrong-key',
      'inclusive-labelled-exclusive',
      'algorithm-not-allowed',
      'digest-in-base64url',
      'digest-of-raw-text',
      'key-reference-not-allowed',
      'local-time-as-utc',
      'not-signed',
      'offset-not-utc',
      'signature-missing',
      'soap-version',
      'timestamp-missing',
      'two-of-one',
      'xsi-nil',
      'zone-missing',
    ],
  ],
  [
    'CXF/WSS4J',
    [
      'actor-of-another',
      'algorithm-not-allowed',
      'charset',
      'digest-in-base64url',
      'digest-of-raw-text',
      'digest-unpadded',
      'key-reference-not-allowed',
      'lifetime-too-long',
      'line-endings-changed',
      'not-signed',
      'prefix-changed',
      'prefix-list-written-not-used',
      'signature-in-base64url',
      'signature-missing',
      'timestamp-missing',
      'token-missing',
      'token-type-not-allowed/path',
      'token-type-not-allowed/user-name',
      'two-of-one',
      'whitespace-added',
      'wrong-key',
    ],
  ],
  ['JAX-WS', ['mtom', 'must-understand', 'soap-version']],
  ['gSOAP', ['mtom', 'rpc-wrapper', 'xsi-type-unknown']],
  [
    'xml-crypto',
    [
      'digest-in-hex',
      'signature-base64-twice',
      'element-misplaced',
      'id-in-wrong-attribute',
      'key-info-missing',
      'reference-of-whole-document',
    ],
  ],
  [
    'node-soap',
    [
      'algorithm-not-allowed',
      'digest-in-base64url',
      'element-order',
      'element-unqualified',
      'local-time-as-utc',
      'not-signed',
      'offset-not-utc',
      'pem-in-token',
      'signature-in-base64url',
      'signature-missing',
      'soap-action',
      'soap-version',
      'zone-missing',
    ],
  ],
];

/** Why what is not tried is not. */
export const notTried: Readonly<Record<string, string>> = {
  'CXF/WSS4J': 'CXF is not in Debian. What it hands to WSS4J is tried; these are settings of CXF itself',
  PHP: 'these are of wse-php and xmlseclibs, which come by Composer and not with Debian',
  WCF: 'it needs .NET, which is not in Debian',
  SoapUI: 'it is a program with windows, and not in Debian',
};
