// The REST service as it is mounted: its methods, its description, and what is answered beside them.

import type { Face } from '../../contract/contract.ts';
import { describeRest, restFace } from '../../contract/rest.ts';
import type { RestService } from '../../http/rest.ts';
import { packageVersion } from '../../kernel/root.ts';
import { openApi } from './openapi.ts';
import { routes } from './routes.ts';
import { createRest, type RestSurroundings, SERVICE } from './way.ts';

export const restDescription = describeRest({
  name: SERVICE,
  title: 'Kontaktregisteret REST',
  how: `${SERVICE}, with a bearer token`,
  prefix: '/rest',
  unprofiled: true,
  calls: routes,
});

export const createRestFace = (
  surroundings: RestSurroundings,
  settings: Pick<RestService, 'publicUrl' | 'largestBody' | 'reports'>,
): Face => {
  const rest = createRest(surroundings);
  return restFace(restDescription, {
    ...settings,
    routes,
    method: rest.method,
    openApi: (server) => openApi({ version: packageVersion, server }),
    beside: rest.unrouted,
    concerns: () => false,
    // A token that is not verified keeps no stranger out: it is as open as a service without certificates.
    overTls: () => false,
    proxies: [],
  });
};
