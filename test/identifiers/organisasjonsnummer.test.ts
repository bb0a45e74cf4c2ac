// Organisation numbers, compared with another implementation.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { stdnum } from 'stdnum';
import { checkOrganisasjonsnummer, stripIcd } from '../../src/identifiers/organisasjonsnummer.ts';

describe('an organisasjonsnummer', () => {
  it('is valid for organisations that exist', () => {
    for (const number of ['984661185', '996460320', '922020175', '991825827', '988015814', '983163327'])
      assert.equal(checkOrganisasjonsnummer(number), undefined, number);
  });

  it('is refused with the rule that failed', () => {
    assert.match(checkOrganisasjonsnummer('98466118') ?? '', /9 digits/);
    assert.match(checkOrganisasjonsnummer('984661185 ') ?? '', /9 digits/);
    assert.match(checkOrganisasjonsnummer('NO9846611') ?? '', /9 digits/);
    assert.match(checkOrganisasjonsnummer('984661186') ?? '', /control digit is 6.* give 5/);
    assert.match(checkOrganisasjonsnummer('123456789') ?? '', /control digit/);
    assert.match(checkOrganisasjonsnummer('987654321') ?? '', /control digit/);
  });

  it('is judged as another implementation judges it', () => {
    const other = stdnum.NO?.orgnr;
    assert.ok(other);
    const stem = fc.integer({ min: 0, max: 99_999_999 }).map((value) => String(value).padStart(8, '0'));
    fc.assert(
      fc.property(stem, (eight) => {
        const verdicts = Array.from({ length: 10 }, (_, control) =>
          checkOrganisasjonsnummer(`${eight}${control}`),
        );
        verdicts.forEach((verdict, control) => {
          assert.equal(
            verdict === undefined,
            other.validate(`${eight}${control}`).isValid,
            `${eight}${control}`,
          );
        });
        const valid = verdicts.filter((verdict) => verdict === undefined).length;
        const none = verdicts.every((verdict) => verdict?.includes('no control digit'));
        assert.ok(none ? valid === 0 : valid === 1);
      }),
      { numRuns: 1000 },
    );
  });

  it('loses the scheme of a network address, once and only in front', () => {
    assert.equal(stripIcd('9908:984661185'), '984661185');
    assert.equal(stripIcd('0192:984661185'), '984661185');
    assert.equal(stripIcd('984661185'), '984661185');
    assert.equal(stripIcd('0192:9908:984661185'), '9908:984661185');
    assert.equal(stripIcd('0184:984661185'), '0184:984661185');
  });
});
