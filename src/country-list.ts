// The countries before anything of them runs, for whoever must not wait for their services to load; the first is the usual one.

import type { Country } from './contract/country.ts';
import { country as denmark } from './dfdg/country.ts';
import { country as norway } from './kontaktregister/country.ts';

export const countryList: readonly [Country, ...Country[]] = [norway, denmark];
