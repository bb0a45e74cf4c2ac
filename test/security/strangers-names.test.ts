// Names of authorities as texts: what is written is read again, and strangers' texts name nothing that they are not.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isNameOf, writeName } from '../../src/security/trust/distinguished-name.ts';
import { certificateOf } from './issuing.ts';
import { leafOf } from './trusting.ts';

const nameOf = (issuer: string): Buffer =>
  leafOf(certificateOf({ subject: 'leaf', issuer, issuerKey: 'Root' })).issuerDer;
const root = nameOf('Test Root');

describe('the name of an authority', () => {
  for (const text of [
    'CN=Test Root',
    ' cn = test  root ',
    'CN="Test Root"',
    'CN=Test\\20Root',
    '2.5.4.3=Test Root',
    'OID.2.5.4.3=#0c095465737420526f6f74',
  ]) {
    it(`is recognised in ${text}`, () => assert.ok(isNameOf(text, root)));
  }

  for (const text of [
    '',
    '=',
    'CN',
    'CN=',
    'CN=Test Root,',
    ',CN=Test Root',
    'CN=Test Root,CN=Test Root',
    'CN=Test Root+O=x',
    'CN=Test\\, Root',
    'CN="Test Root',
    'O=Test Root',
    'CN=Test Root X',
    'CN=Test Rооt',
    'Test Root',
  ]) {
    it(`is not recognised in ${text || 'nothing'}`, () => assert.ok(!isNameOf(text, root)));
  }

  it('is read as it was written, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (text) => {
        fc.pre(text.trim() !== '');
        const der = nameOf(text);
        assert.ok(isNameOf(writeName(der), der), writeName(der));
      }),
      { numRuns: 100 },
    );
  });

  it('is written without characters that XML cannot hold', () => {
    const written = writeName(nameOf('a\u0000\u0001\u001b\n\r\ufffe\uffffz'));
    assert.equal(written, 'CN=a\\00\\01\\1b\\0a\\0d\\ef\\bf\\be\\ef\\bf\\bfz');
  });
});
