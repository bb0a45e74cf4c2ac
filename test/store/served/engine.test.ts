// A register that one process keeps for others holds what the store promises, also where it decides twice.

import { twice } from '../contract/twice.ts';
import { storeContract } from '../contract.ts';
import { inServed } from './places.ts';

storeContract('SQLite, kept by another process', inServed);
storeContract('SQLite, kept by another process, deciding twice', () => twice(inServed()));
