// Whom a certificate names: one organisation or nobody, Norwegian and Danish; what names two, or another country's, names none.

import assert from 'node:assert/strict';
import { danishIdentity } from '../../src/dfdg/caller.ts';
import { missingOrganisation } from '../../src/security/trust/fitness.ts';
import type { CertificateWish } from './issuing.ts';
import { leafOf } from './trusting.ts';

const IDENTIFIER = '2.5.4.97';
const SERIAL = '2.5.4.5';
const NAME = '2.5.4.3';
const bare = { organisation: '' };

const certificate = (attributes: CertificateWish['attributes'], subject = 'leaf') =>
  leafOf({ subject, key: 'leaf', ...bare, ...(attributes ? { attributes } : {}) });

describe('the organisation number of a certificate', () => {
  const named: readonly [string, CertificateWish['attributes'], string | undefined, RegExp?][] = [
    ['by organizationIdentifier', [[IDENTIFIER, 'NTRNO-984661185']], '984661185'],
    ['by serialNumber', [[SERIAL, '984661185']], '984661185'],
    [
      'by organizationIdentifier before serialNumber',
      [
        [SERIAL, '1'],
        [IDENTIFIER, 'NTRNO-984661185'],
      ],
      '984661185',
    ],
    ['by a common name of digits', [[NAME, '984661185']], '984661185'],
    [
      'not by a Swedish scheme beside a serialNumber',
      [
        [IDENTIFIER, 'NTRSE-5566778899'],
        [SERIAL, '984661185'],
      ],
      undefined,
      /organizationIdentifier NTRSE-5566778899, which is no Norwegian/,
    ],
    [
      'not by a tax number beside a serialNumber',
      [
        [IDENTIFIER, 'VATNO-984661185MVA'],
        [SERIAL, '984661185'],
      ],
      undefined,
      /VATNO-/,
    ],
    [
      'not by an empty organizationIdentifier',
      [
        [IDENTIFIER, ' '],
        [NAME, '984661185'],
      ],
      undefined,
      /no Norwegian/,
    ],
    [
      'not by two serialNumbers',
      [
        [SERIAL, '984661185'],
        [SERIAL, '996460320'],
      ],
      undefined,
      /^2 attributes serialNumber: 984661185, 996460320$/,
    ],
    [
      'not by the same serialNumber twice',
      [
        [SERIAL, '984661185'],
        [SERIAL, '984661185'],
      ],
      undefined,
      /^2 attributes serialNumber/,
    ],
    [
      'not by two organizationIdentifiers',
      [
        [IDENTIFIER, 'NTRNO-984661185'],
        [IDENTIFIER, 'NTRNO-996460320'],
      ],
      undefined,
      /^2 attributes organizationIdentifier/,
    ],
    [
      'not by two serialNumbers under an organizationIdentifier',
      [
        [IDENTIFIER, 'NTRNO-984661185'],
        [SERIAL, '1'],
        [SERIAL, '2'],
      ],
      undefined,
      /^2 attributes serialNumber/,
    ],
    [
      'not by two common names of digits',
      [
        [NAME, '984661185'],
        [NAME, '996460320'],
      ],
      undefined,
      /CN=leaf/,
    ],
  ];
  for (const [title, attributes, number, why] of named)
    it(`is told ${title}`, () => {
      const one = certificate(attributes);
      assert.equal(one.organisation?.number, number);
      if (why) assert.match(missingOrganisation(one).explanation.found, why);
    });
});

describe('the CVR number of a certificate', () => {
  const uuid = '9ca5fa38-2c1b-4d3a-8d3c-0c7a5d2f3b11';
  const oces3 = `UI:DK-O:G:${uuid}`;
  const oces2 = 'CVR:29915938-FID:12345678';
  const named: readonly [string, CertificateWish['attributes'], string | undefined][] = [
    [
      'by OCES 3',
      [
        [IDENTIFIER, 'NTRDK-29915938'],
        [SERIAL, oces3],
      ],
      `CVR:29915938-UUID:${uuid}`,
    ],
    ['by OCES 2', [[SERIAL, oces2]], oces2],
    [
      'not by a Norwegian scheme beside an OCES 2 serialNumber',
      [
        [IDENTIFIER, 'NTRNO-984661185'],
        [SERIAL, oces2],
      ],
      undefined,
    ],
    [
      'not by two serialNumbers',
      [
        [SERIAL, oces2],
        [SERIAL, 'CVR:12345678-FID:1'],
      ],
      undefined,
    ],
    [
      'not by two serialNumbers of OCES 3',
      [
        [IDENTIFIER, 'NTRDK-29915938'],
        [SERIAL, oces3],
        [SERIAL, oces3],
      ],
      undefined,
    ],
    [
      'not by two organizationIdentifiers',
      [
        [IDENTIFIER, 'NTRDK-29915938'],
        [IDENTIFIER, 'NTRDK-12345678'],
        [SERIAL, oces3],
      ],
      undefined,
    ],
  ];
  for (const [title, attributes, identifier] of named)
    it(`is told ${title}`, () => {
      assert.equal(danishIdentity(certificate(attributes))?.userIdentifier, identifier);
    });
});
