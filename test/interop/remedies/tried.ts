// Of which causes the remedy for a stack is tried with that stack: remedies.test.ts tries them, the pages tell it.

import type { Stack } from '../../../src/explain/hypothesis.ts';

export type TriedStack = Extract<Stack, 'PHP' | 'zeep' | 'xml-crypto' | 'node-soap'>;

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
    ['whitespace-added', 'whitespace-removed', 'prefix-changed', 'wrong-key', 'inclusive-labelled-exclusive'],
  ],
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
