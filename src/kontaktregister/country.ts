// Norway, before anything of it runs.

import type { Country } from '../contract/country.ts';
import { files } from './files/files.ts';
import { people } from './people.ts';

export const country: Country = {
  country: 'no',
  name: 'Norway',
  adjective: 'Norwegian',
  clients: ['digipost'],
  people,
  files,
  relation: {
    members: [
      { name: 'organisation' },
      { name: 'onBehalfOf' },
      { name: 'service', values: ['OPPSLAGSTJENESTEN', 'ENDRINGSTJENESTEN'] },
    ],
    help: 'the organisation may use OPPSLAGSTJENESTEN or ENDRINGSTJENESTEN for another, or for itself',
  },
};
