// A service over the register, as the contract lists it: each is served with the same settings, clock and rights.

import type { ServedService, Surroundings } from '../contract/contract.ts';
import type { ServiceDescription } from '../soap/service.ts';
import type { XmlLimits } from '../xml/scan.ts';

/** The settings that the contract goes by. */
export interface Settings {
  readonly displace: boolean;
  readonly mailboxCertificate: 'parse' | 'chain';
  readonly printProvider: string;
  readonly printCertificate?: string | undefined;
  readonly publicUrl?: string | undefined;
  readonly limits: XmlLimits & { readonly restBody: number };
}

export interface ListedService {
  readonly description: ServiceDescription;
  readonly serve: (surroundings: Surroundings<Settings>) => ServedService;
}
