// A cause as the search finds it.

import { documentOf } from '../../src/explain/document.ts';
import type { Explained } from '../../src/explain/explained.ts';

/** An explanation with one cause. */
export const whitespaceAdded = (certain: boolean): Explained =>
  documentOf({
    verdict: 'refused',
    profile: 'observed',
    problem: 'security.digest',
    causes: [
      {
        cause: 'whitespace-added',
        certain,
        sentence: 'white space was added',
        rule: 'Canonical XML §1.1',
        remedy: 'send the octets that were signed',
        evidence: certain ? { difference: { at: 3, signed: '<a>', arrived: '<a>·' } } : {},
      },
    ],
  });
