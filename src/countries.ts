// The countries whose services are stood in for, each as one value. A new one is a folder, and a line here.

import { denmark } from './dfdg/contract.ts';
import { norway } from './kontaktregister/contract.ts';

/** By the names that addresses and seeds have for them. */
export const countries = { no: norway, dk: denmark };
