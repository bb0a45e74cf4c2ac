// Certificates and security profiles as a program around the emulator sees them.

import type { ProfileName } from './options.ts';

/** The emulator’s test certificates. */
export interface Certificates {
  /** What a client must trust: the CA certificates, PEM. */
  trust(): Promise<string>;
  /** The clients, such as `digipost`, `kommune`, `utloept`. */
  names(): Promise<readonly string[]>;
  /**
   * A client’s certificate and key; rejects where there is no client of this name.
   *
   * @example const { certificatePem, keyPem } = await emulator.certificates.get('digipost');
   */
  get(name: string): Promise<ClientCertificate>;
  /**
   * Makes a client with a certificate of any kind, good or bad, issued by the test PKI: what `kontakt cert new` does. It lies in
   * the folder of the certificates beside the others; with `inMemory` and no `pki` of its own it is gone when the emulator is closed.
   *
   * @param name of the client, and of its files: letters, digits, `.`, `_` and `-`
   * @example const { certificatePem, keyPem } = await emulator.certificates.make('utgaatt', { expired: true });
   */
  make(name: string, options?: CertificateOptions): Promise<ClientCertificate>;
}

/** What a certificate is to be; what is left out is as in a good one. */
export interface CertificateOptions {
  /** Of the names in it, and its policy: SEID v1 (the default) or v2, OCES 2 or 3. */
  readonly shape?: 'seid1' | 'seid2' | 'oces2' | 'oces3' | undefined;
  /** Number of the organisation: nine digits, eight in Denmark; false leaves it out. */
  readonly organisation?: string | false | undefined;
  /** Name of the organisation. */
  readonly name?: string | undefined;
  /** Valid until a year ago. */
  readonly expired?: boolean | undefined;
  /** Valid in a year. */
  readonly notYetValid?: boolean | undefined;
  /** ISO 8601: `2026-01-31` or `2026-01-31T12:00:00Z`. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  /** Puts it on the revocation list. */
  readonly revoked?: boolean | undefined;
  /** Key usages, such as `digitalSignature`; an empty list for none. */
  readonly usage?: readonly string[] | undefined;
  /** OIDs of certificate policies; an empty list for none. */
  readonly policy?: readonly string[] | undefined;
  /** Length of the RSA key. By default 2048. */
  readonly bits?: 1024 | 2048 | 3072 | 4096 | undefined;
  readonly key?: 'rsa' | 'ec' | undefined;
  readonly selfSigned?: boolean | undefined;
  /** With CA:TRUE. */
  readonly ca?: boolean | undefined;
  /** Replaces a client of this name. */
  readonly force?: boolean | undefined;
}

/** The security profile of each service. */
export interface Profiles {
  read(): Promise<ProfilesReading>;
  /**
   * Gives services other profiles, from the next request until a reset. Rejects where there is no such service or profile; then
   * nothing is changed.
   *
   * @param profiles by service, null for the one of the configuration; what is not named stays
   * @example await emulator.profiles.set({ postkasseleverandoer: 'strict' });
   */
  set(profiles: Readonly<Record<string, ProfileName | null>>): Promise<ProfilesReading>;
}

export interface ProfilesReading {
  readonly services: readonly {
    readonly name: string;
    readonly profile: string;
    /** The profile that the configuration gives it. */
    readonly configured: string;
  }[];
  /** The names of all profiles. */
  readonly profiles: readonly string[];
}

export interface ClientCertificate {
  readonly name: string;
  /** The organisation number or CVR number of the certificate. */
  readonly organisation: string | null;
  /** The certificate, then its issuer’s. */
  readonly certificatePem: string;
  /** PKCS#8, not encrypted. */
  readonly keyPem: string;
  /** Certificates and key as PKCS#12; undefined for an EC key. */
  readonly pkcs12: Uint8Array | undefined;
  /** Of `pkcs12`. */
  readonly password: string;
}
