// Denmark, before anything of it runs.

import type { Country } from '../contract/country.ts';
import { people } from './people.ts';

export const country: Country = {
  country: 'dk',
  name: 'Denmark',
  adjective: 'Danish',
  clients: ['jobnet', 'kommune', 'jobcenter'],
  people,
  files: [
    {
      format: 'ndjson',
      without: 'organisations and relations, outbox and access log; Norwegian persons',
    },
  ],
  relation: {
    members: [{ name: 'cvr' }, { name: 'type', number: true }, { name: 'code' }],
    help: 'the holder of the CVR number may act for the organisation of this type and code',
  },
};
