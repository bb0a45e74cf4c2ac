// PostgreSQL keeps what the store promises, also where it decides twice; SQLite: ../engines.test.ts.

import { describeWith, stacks } from '../../interop/stacks.ts';
import { twice } from '../contract/twice.ts';
import { storeContract } from '../contract.ts';
import { inPostgres } from './places.ts';

describeWith([stacks.postgresql], 'PostgreSQL as an engine', () => {
  storeContract('PostgreSQL', inPostgres);
  // What another program holds is waited for, however often is decided.
  storeContract('PostgreSQL, deciding twice', () => {
    const { hold: _, ...place } = inPostgres();
    return twice(place);
  });
});
