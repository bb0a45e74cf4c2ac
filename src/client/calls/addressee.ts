// The emulator that a call goes to, and what a call asks it beforehand: over the control interface here, in the same process
// where there is one.

import { UserError } from '../../kernel/user-error.ts';
import type { CallMaterial } from '../material.ts';
import { askEmulator } from '../remote.ts';

/** Whoever a Danish call may be about. */
export interface FirstCitizen {
  readonly id: string;
  readonly cvCustomerIdentifier: string | null;
}

/** An organisation that a Danish client may call for. */
export interface CallerOrganisation {
  readonly type: number;
  readonly code: string;
  readonly cvr: string;
}

/** An emulator as a call needs it. */
export interface Addressee {
  /** Of the http listener. */
  readonly url: string;
  tlsUrl(): Promise<string>;
  /** Certificate and key of a client, and what its calls trust. */
  material(client: string): Promise<CallMaterial>;
  /** The first of the register: a plain one, and the same one each time; undefined where it is empty. */
  firstPerson(): Promise<{ readonly id: string } | undefined>;
  firstCitizen(): Promise<FirstCitizen | undefined>;
  organisations(): Promise<readonly CallerOrganisation[]>;
}

/** An emulator at an address. */
export const addresseeAt = (address: string, material: Addressee['material']): Addressee => {
  const url = address.replace(/\/+$/, '');
  const first = async (country: 'no' | 'dk'): Promise<unknown> => {
    const { persons } = (await askEmulator(url, 'GET', `/persons?country=${country}&limit=1`)) as {
      persons: unknown[];
    };
    return persons[0];
  };
  return {
    url,
    material,
    tlsUrl: async () => {
      const { tlsUrl } = (await askEmulator(url, 'GET', '/info')) as { tlsUrl?: string };
      if (!tlsUrl) throw new UserError(`what answers at ${url} tells no https address`);
      return tlsUrl;
    },
    firstPerson: async () => (await first('no')) as { id: string } | undefined,
    firstCitizen: async () => (await first('dk')) as FirstCitizen | undefined,
    organisations: async () =>
      (
        (await askEmulator(url, 'GET', '/organisations?country=dk')) as {
          organisations: CallerOrganisation[];
        }
      ).organisations,
  };
};
