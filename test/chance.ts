// What property tests try, drawn from one seed: a run meets what the run before it met. By hand with others: FC_SEED=1 npx mocha …

import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_260_106) });
