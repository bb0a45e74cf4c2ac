// The README's who-is-who is what the seeds hold.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { standardSeeds } from '../src/seeds/content.ts';

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');

describe('the README', () => {
  it('tells who every seeded person and citizen is', () => {
    const { no, dk } = standardSeeds();
    const everyone = [...no.persons, ...dk.citizens];
    assert.ok(everyone.length >= 55);
    for (const { id, who } of everyone) assert.ok(readme.includes(`| \`${id}\` | ${who} |`), `${id}: ${who}`);
    assert.equal(readme.match(/^\| `\d{10,11}` \|/gm)?.length, everyone.length);
  });
});
