// What is searched for in the register of citizens, and what a value is told that is none of its type.

import assert from 'node:assert/strict';
import { EMAIL, MOBILE } from '../../src/dfdg/register/citizen.ts';
import { searchFor } from '../../src/dfdg/search.ts';

describe('a search for citizens', () => {
  it('says what form a value has to have', () => {
    for (const [type, code, value, expected, remedy] of [
      [MOBILE, 9156, 'abc', /^3 to 20 digits/, /eight Danish digits/],
      [EMAIL, 9158, 'borger@', /^one @/, /one plain address/],
    ] as const) {
      const found = searchFor(type, code).search(value);
      assert.ok('problem' in found);
      assert.equal(found.code, code);
      assert.equal(found.explanation.found, value);
      assert.match(found.explanation.expected, expected);
      assert.match(found.explanation.remedy, remedy);
    }
  });

  it('takes a value in the form that is compared', () => {
    const found = searchFor(EMAIL, 9158).search('Borger@Example.dk');
    assert.deepEqual(found, { type: EMAIL, form: 'borger@example.dk' });
  });
});
