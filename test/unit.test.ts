// Which tests are fast: what is chosen for npm run test:unit, and what is left out.

import assert from 'node:assert/strict';
import { needsBuild, testFiles } from './unit.ts';

describe('the fast tests', () => {
  const files = testFiles();

  it('are those that reach nothing that starts, listens or was built', () => {
    for (const file of [
      'test/xml/guard.test.ts',
      'test/security/trust.test.ts',
      'test/journal/mask.test.ts',
      'test/schema/contract-check.test.ts',
    ])
      assert.ok(files.has(file) && files.get(file) === undefined, `${file}: ${files.get(file)}`);
  });

  it('leave out the others, each for its reason', () => {
    const reasons = {
      'test/control/persons.test.ts': 'listens',
      'test/interop/php.test.ts': 'stands in a folder of slow tests',
      'test/commands/serve.test.ts': 'needs what is built',
      'test/package/files.test.ts': 'needs what is built',
      'test/pki/cache.test.ts': 'stands in a folder of slow tests',
      'test/unit.test.ts': 'imports node:child_process',
    };
    for (const [file, reason] of Object.entries(reasons)) assert.equal(files.get(file), reason, file);
  });

  it('know what runs the build, whatever else a test reaches', () => {
    assert.equal(files.get('test/security/key-reference.test.ts'), 'listens');
    assert.ok(needsBuild('test/security/key-reference.test.ts'));
    assert.ok(!needsBuild('test/attacks/token.test.ts'));
  });

  it('come from every folder that has rules of its own', () => {
    const fast = [...files].flatMap(([file, reason]) => (reason === undefined ? [file.split('/')[1]] : []));
    for (const folder of [
      'kernel',
      'identifiers',
      'xml',
      'soap',
      'schema',
      'security',
      'store',
      'dfdg',
      'journal',
    ])
      assert.ok(fast.includes(folder), folder);
  });
});
