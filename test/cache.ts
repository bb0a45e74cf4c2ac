// The user's cache, for all tests: a folder of their own, so that the developer's stays as it is and no test meets what another run left.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const cache = mkdtempSync(join(tmpdir(), 'kontakt-test-cache-'));
process.env.XDG_CACHE_HOME = cache;
process.once('exit', () => rmSync(cache, { recursive: true, force: true, maxRetries: 5 }));
