// Loaded beside the fast tests: one that starts a process or listens all the same fails, and is told where it belongs.

import childProcess, { ChildProcess } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { Server } from 'node:net';

const refuse = (): never => {
  throw new Error(
    'a test of npm run test:unit starts nothing: import what starts it, or leave it to npm test',
  );
};

// All asynchronous ways of starting go through the one, all listeners through the other.
Object.assign(ChildProcess.prototype, { spawn: refuse });
Server.prototype.listen = refuse;
Object.assign(childProcess, { spawnSync: refuse, execFileSync: refuse, execSync: refuse });
syncBuiltinESMExports();
