// Which Accept-Encoding takes gzip (RFC 9110 §12.5.3).

import assert from 'node:assert/strict';
import { takesGzip } from '../../src/http/compression.ts';

describe('an Accept-Encoding', () => {
  for (const [text, expected] of [
    [undefined, false],
    ['', false],
    ['gzip', true],
    ['GZIP', true],
    ['x-gzip', true],
    ['deflate, gzip;q=1.0, *;q=0.5', true],
    ['gzip;q=0', false],
    ['gzip; q=0.000', false],
    ['*', true],
    ['*;q=0', false],
    ['gzip;q=0, *', false],
    ['br', false],
    ['identity', false],
    ['gzipped', false],
    ['gzip;q=x', false],
  ] as const)
    it(`${JSON.stringify(text)} ${expected ? 'takes' : 'does not take'} gzip`, () =>
      assert.equal(takesGzip(text), expected));
});
