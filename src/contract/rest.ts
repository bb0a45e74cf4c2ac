// A REST service as a way in to a register: how it is described, and how it is mounted.

import { answerBeside, mountRest, type RestMethod, type RestService } from '../http/rest.ts';
import type { Face, FaceDescription } from './contract.ts';

/** Its OpenAPI document stands below the prefix. */
export const describeRest = ({ how, ...rest }: Omit<FaceDescription, 'description'>): FaceDescription => {
  const description = `${rest.prefix}/openapi.json`;
  return { ...rest, how: `${how}; OpenAPI at ${description}`, description };
};

type Address = Pick<RestMethod, 'method' | 'path'>;

interface Parts<Route extends Address> extends Omit<RestService, 'name' | 'prefix' | 'methods'> {
  readonly routes: readonly Route[];
  readonly method: (route: Route) => RestMethod['answer'];
}

export const restFace = <Route extends Address>(
  description: FaceDescription,
  { routes, method, ...parts }: Parts<Route>,
): Face => {
  const { name, prefix } = description;
  const methods = routes.map((route) => ({
    method: route.method,
    path: route.path,
    answer: method(route),
  }));
  const service: RestService = { ...parts, name, prefix, methods };
  return {
    ...description,
    get overTls() {
      return service.overTls();
    },
    mount: (app, listener) => mountRest(app, service, listener),
    unrouted: (request, found) => answerBeside(service, request, found),
  };
};
