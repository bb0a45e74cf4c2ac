// Of which causes the remedy for a stack is tried with that stack: remedies.test.ts tries them, the pages tell it.

import type { Stack } from '../../../src/explain/hypothesis.ts';

export type TriedStack = Extract<Stack, 'PHP' | 'zeep' | 'xml-crypto'>;

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
    ],
  ],
  [
    'zeep',
    ['whitespace-added', 'whitespace-removed', 'prefix-changed', 'wrong-key', 'inclusive-labelled-exclusive'],
  ],
  ['xml-crypto', ['digest-in-hex', 'signature-base64-twice']],
];
