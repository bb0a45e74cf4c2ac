// The REST face of the contract as it is mounted: routes, description, and what is answered beside them.

import type { Face, FaceDescription } from '../../contract/contract.ts';
import { endpointOf } from '../../http/contract.ts';
import type { Reports } from '../../http/reports.ts';
import { packageVersion } from '../../kernel/root.ts';
import { answerUnrouted, mountRest } from './mount.ts';
import { openApi } from './openapi.ts';
import { restRoutes } from './routes.ts';
import { createUnroutedJudge } from './unrouted.ts';
import { createRest, type RestSurroundings } from './way.ts';

export const restDescription: FaceDescription = {
  name: 'rest',
  title: 'DFDG REST',
  how: 'rest, over mutual TLS; OpenAPI at /v1/openapi.json',
  description: '/v1/openapi.json',
  calls: restRoutes,
};

/** What the face is mounted with. */
export interface RestSettings {
  readonly publicUrl: string | undefined;
  /** Of a request, in bytes. */
  readonly largestBody: number;
  /** Addresses of TLS terminators whose Client-Cert header is believed. */
  readonly proxies: readonly string[];
  readonly reports: Reports;
}

export const createRestFace = (
  surroundings: RestSurroundings,
  { publicUrl, largestBody, proxies, reports }: RestSettings,
): Face => {
  const rest = createRest(surroundings);
  const { required, scopes } = surroundings;
  const unrouted = {
    judge: createUnroutedJudge([...restRoutes, { method: 'GET', path: restDescription.description }]),
    unrouted: rest.unrouted,
    proxies,
    reports,
  };
  return {
    ...restDescription,
    get overTls() {
      return required();
    },
    mount: (app, { gate, own, tlsPort }) =>
      mountRest(
        app,
        {
          routes: restRoutes.map((route) => ({ route, handle: rest.method(route) })),
          largestBody,
          openApi: (server) => openApi({ version: packageVersion, server, required: required(), scopes }),
          serverOf: (protocol, asked) =>
            endpointOf({ publicUrl, overTls: required(), own, tlsPort }, protocol, asked),
          gate: gate(restDescription.name, () => !required()),
        },
        unrouted,
      ),
    unrouted: (request, found) => answerUnrouted(unrouted, request, found),
  };
};
