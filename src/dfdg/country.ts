// Denmark, before anything of it runs.

import type { Country } from '../contract/country.ts';
import { people } from './people.ts';

export const country: Country = {
  country: 'dk',
  name: 'Denmark',
  adjective: 'Danish',
  clients: ['jobnet', 'kommune', 'jobcenter'],
  people,
};
