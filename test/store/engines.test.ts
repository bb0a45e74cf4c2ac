// SQLite keeps what the store promises, also where it decides twice; PostgreSQL: postgres/engine.test.ts.

import { twice } from './contract/twice.ts';
import { storeContract } from './contract.ts';
import { inFile, inMemory } from './sqlite/places.ts';

storeContract('SQLite in a file', inFile);
storeContract('SQLite in memory', inMemory);
storeContract('SQLite in memory, deciding twice', () => twice(inMemory()));
