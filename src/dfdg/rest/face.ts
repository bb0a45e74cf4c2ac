// The REST face of the contract as it is mounted: routes, description, and what is answered beside them.

import type { Face } from '../../contract/contract.ts';
import { describeRest, restFace } from '../../contract/rest.ts';
import type { RestService } from '../../http/rest.ts';
import { packageVersion } from '../../kernel/root.ts';
import { openApi } from './openapi.ts';
import { restRoutes } from './routes.ts';
import { createUnroutedJudge } from './unrouted.ts';
import { createRest, type RestSurroundings } from './way.ts';

export const restDescription = describeRest({
  name: 'rest',
  title: 'DFDG REST',
  how: 'rest, over mutual TLS',
  prefix: '/v1',
  calls: restRoutes,
});

export const createRestFace = (
  surroundings: RestSurroundings,
  settings: Pick<RestService, 'publicUrl' | 'largestBody' | 'proxies' | 'reports'>,
): Face => {
  const rest = createRest(surroundings);
  const { required, scopes } = surroundings;
  const { concerns, judge } = createUnroutedJudge([
    ...restRoutes,
    { method: 'GET', path: restDescription.description },
  ]);
  return restFace(restDescription, {
    ...settings,
    routes: restRoutes,
    method: rest.method,
    openApi: (server) => openApi({ version: packageVersion, server, required: required(), scopes }),
    beside: (request, found) =>
      rest.unrouted(request, found === undefined ? judge(request.path) : { kind: 'unreadable', found }),
    concerns,
    overTls: required,
  });
};
