// Prints what the families of attacks declare: each attack's name, the problem it is refused for, and what the wire is told.
//
// In a process of its own: the families are declared here without being run.

import { declareAll } from '../attacks/declare.ts';

const declared = await declareAll();
process.stdout.write(
  JSON.stringify(declared.map(({ name, problem, told }) => ({ name, problem, told }))),
  () => process.exit(0),
);
