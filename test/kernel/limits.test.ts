// The limits as the README tells them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { limitsSchema, usualLimits } from '../../src/kernel/limits.ts';

describe('the limits', () => {
  it('stand in the README, each with its default', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
    for (const [name, { description }] of Object.entries(limitsSchema.shape)) {
      const usual = usualLimits[name as keyof typeof usualLimits];
      assert.ok(readme.includes(`| \`${name}\` | ${usual} | ${description} |`), name);
    }
  });
});
