// docs/denmark.md shows a whole SOAP request: DOCS=write npx mocha test/docs/denmark.test.ts renews it.

import assert from 'node:assert/strict';
import { writeDanishRequest } from '../../src/client/danish.ts';
import { parse } from '../../src/xml/parse.ts';
import { actors, operationOf, services } from '../dfdg/calling.ts';
import { assertMade } from './pages.ts';

describe('docs/denmark.md', () => {
  it('shows a SOAP request with its two headers', () => {
    const operation = operationOf('reminder', 'GetPersonContactData');
    const [values = {}] = operation.examples;
    const now = Date.parse('2026-11-26T12:00:00Z');
    const named = { ...values, PersonCivilRegistrationIdentifier: '1403455896' };
    const envelope = writeDanishRequest(services.reminder, operation, named, actors.star, now);
    const parsed = parse(Buffer.from(envelope));
    assert.ok(!('problem' in parsed));
    using document = parsed;
    const text = document.toString({ format: true, noDeclaration: true }).trimEnd();
    assertMade(
      'docs/denmark.md',
      'a SOAP request',
      ['```xml', ...text.split('\n'), '```'],
      'denmark.test.ts',
    );
  });
});
