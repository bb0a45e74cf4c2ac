// The listeners with everything that is mounted on them.

import type { FastifyInstance } from 'fastify';
import { mountConsole } from '../console/routes.ts';
import type { Control } from '../control/control.ts';
import { createDirectory } from '../control/directory.ts';
import type { Events } from '../control/events.ts';
import { mountControl } from '../control/routes.ts';
import type { HostRule } from '../http/host.ts';
import { type Listeners, listen, type Mounting } from '../http/listen.ts';
import type { Reports } from '../http/reports.ts';
import { aboutOf } from '../http/request.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log-event.ts';
import type { Pki } from '../pki/pki.ts';
import { readTrust } from '../security/trust/material.ts';
import type { Configuration } from '../settings/settings.ts';
import { type ServerMaterial, tlsMaterial } from './certificates.ts';
import type { serveContracts } from './services.ts';

/** What the listeners stand on. */
interface Base {
  readonly configuration: Configuration;
  readonly ownServer: ServerMaterial | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** What is mounted. */
interface Mounted {
  readonly pki: Pki;
  readonly served: ReturnType<typeof serveContracts>;
  readonly control: Control;
  readonly events: Events;
  readonly reports: Reports;
  readonly hosts: HostRule;
}

const mounting =
  ({ configuration }: Base, { served, control, events, reports, hosts }: Mounted) =>
  (app: FastifyInstance, listener: Mounting): void => {
    const { publicUrl, controlToken, limits } = configuration;
    const { stopping, own, tlsPort } = listener;
    for (const face of served.faces) face.mount(app, listener);
    mountControl(app, {
      page: configuration.console ? mountConsole(app) : undefined,
      control,
      events,
      access: { token: controlToken, hosts },
      largest: { body: limits.controlBody, seed: limits.seedBody },
      directory: createDirectory(served.services, served.faces, { publicUrl, own, tlsPort }),
      own,
      stopping,
      onDefect: (error, request) => reports.defect(error, aboutOf(request)),
    });
  };

/** @throws UserError in one line where an address or a certificate cannot be used */
export const openListeners = async (base: Base, mounted: Mounted): Promise<Listeners> => {
  const { configuration, ownServer, clock, log } = base;
  const { pki, served, reports, hosts } = mounted;
  const { host, port, tlsPort, publicUrl, keepAlive } = configuration;
  return listen({
    host,
    port,
    tlsPort,
    // Whose certificates clients are asked for: some choose theirs by that.
    tls: {
      ...(await tlsMaterial(ownServer, pki, configuration, clock)),
      ca: [pki.trustPem, ...readTrust(configuration.trust)],
    },
    keepAlive,
    publicUrl,
    hosts,
    reports,
    proxies: served.proxies,
    services: served.services,
    rest: served.faces.map(({ title, calls, description }) => ({
      title,
      paths: calls.map(({ path }) => path),
      description,
    })),
    inJson: ['/_emulator', ...served.faces.map(({ prefix }) => prefix)],
    unrouted: (request, found) => {
      for (const face of served.faces) {
        const answer = face.unrouted(request, found);
        if (answer) return answer;
      }
      return undefined;
    },
    onUnrouted: (message) => log.info({ message }),
    mount: mounting(base, mounted),
  });
};
