// What an emulator may be started with, written out for whoever reads it in an editor. A test holds it to the settings.

/** How a service is protected: a built-in security profile, or one of your own in `securityProfiles`. */
export type ProfileName = 'observed' | 'strict' | '14-05' | 'none' | (string & {});

/**
 * Options of {@link createEmulator}: each has a default, and undefined counts as not given. Neither the environment nor a
 * configuration file is read.
 *
 * @example { port: 0, tlsPort: 0, inMemory: true, log: 'silent' }
 */
export interface EmulatorOptions {
  /** Port of the http listener; 0 picks a free one. By default 8080. */
  readonly port?: number | undefined;
  /** Port of the https listener; 0 picks a free one. By default 8443. */
  readonly tlsPort?: number | undefined;
  /** Address to listen on. By default `127.0.0.1`. */
  readonly host?: string | undefined;
  /** Address in the served WSDL. By default the one that it was asked at. */
  readonly publicUrl?: string | undefined;
  /** Further names, without port, by which the control interface may be asked, and services under the profile `none`. */
  readonly allowHost?: readonly string[] | undefined;
  /** Further names of the machine, or addresses, in the certificate that is shown over TLS. */
  readonly tlsName?: readonly string[] | undefined;
  /** Seconds that an idle connection is kept for the next request. By default 72. */
  readonly keepAlive?: number | undefined;

  /** Data directory, for register and certificates. By default `.kontakt` in the working directory. */
  readonly data?: string | undefined;
  /** Keeps everything in memory; nothing is written to disk. By default false. */
  readonly inMemory?: boolean | undefined;
  /**
   * PostgreSQL database that the register is kept in, which several emulators may share.
   *
   * @example 'postgres://kontakt@database:5432/kontakt?sslmode=verify-full'
   */
  readonly store?: string | undefined;
  /** Connections to PostgreSQL at most. By default 5. */
  readonly storeConnections?: number | undefined;
  /** Seconds that an answer of PostgreSQL is waited for. By default 3. */
  readonly storeTimeout?: number | undefined;
  /**
   * Folder of the certificates, which several emulators may share. By default `pki` in the data directory, or one in the user’s
   * cache where everything is kept in memory; `new` makes them afresh in memory.
   */
  readonly pki?: string | undefined;
  /** What a new register begins with: the path of a seed, or false for an empty one. By default the package’s own persons. */
  readonly seed?: string | false | undefined;
  /** An acknowledged change survives the death of the process (`crash`, the default) or of the machine (`power`). */
  readonly durability?: 'crash' | 'power' | undefined;

  /** Security profile of all services. By default `observed`. */
  readonly profile?: ProfileName | undefined;
  /** Security profile of single services, by name. */
  readonly profiles?: Record<string, ProfileName> | undefined;
  /** Security profiles of your own, by name: what they extend, and what they change. */
  readonly securityProfiles?: Record<string, unknown> | undefined;
  /** Further trust anchors: PEM files or folders of them. */
  readonly trust?: readonly string[] | undefined;
  /** Further revocation lists: PEM or DER files or folders of them. Nothing is ever fetched. */
  readonly crls?: readonly string[] | undefined;
  /** PEM files or folders: certificates of callers whose messages only name theirs. */
  readonly knownCertificates?: readonly string[] | undefined;
  /** PEM file: the emulator’s own certificate. */
  readonly serverCert?: string | undefined;
  /** PEM file: the private key of `serverCert`. */
  readonly serverKey?: string | undefined;
  /** Longest Timestamp lifetime in seconds. By default the profile’s. */
  readonly maxLifetime?: number | undefined;
  /** Clock skew in seconds. By default the profile’s. */
  readonly skew?: number | undefined;
  /** Refuses a signed message that was seen before. By default true. */
  readonly replay?: boolean | undefined;
  /** Whether signed answers are encrypted: as the real service did (`service`, the default), off, as the profile says, or how. */
  readonly answerEncryption?:
    | 'service'
    | 'off'
    | 'profile'
    | 'aes128-cbc'
    | 'aes256-cbc'
    | 'aes128-gcm'
    | 'aes256-gcm'
    | undefined;

  /** Norway: choosing a mailbox displaces another provider’s active one. By default false. */
  readonly displace?: boolean | undefined;
  /** Norway: what x509Sertifikat must be: within its validity (`parse`, the default), or of a trusted chain too (`chain`). */
  readonly mailboxCertificate?: 'parse' | 'chain' | undefined;
  /** Organisation number of the print provider, which HentPrintSertifikat tells. By default 984661185. */
  readonly printProvider?: string | undefined;
  /** PEM file: the certificate of the print provider. By default that of the first client of the test PKI with its number. */
  readonly printCertificate?: string | undefined;
  /** Denmark: refusals are faults with FaultDetails (`fault`, the default), or answers with FEILET (`envelope`). */
  readonly refusals?: 'fault' | 'envelope' | undefined;
  /** Denmark: the rest. */
  readonly dfdg?: DanishOptions | undefined;

  /**
   * Processes that answer SOAP messages: 1 to 64, or `auto` for as many as there are cores. From 2 on beside the one that listens
   * and keeps the register in its data directory. By default 1.
   */
  readonly workers?: number | 'auto' | undefined;
  /** Seconds after which a worker process that gives no sign of life is ended and replaced. By default 30. */
  readonly workerTimeout?: number | undefined;
  /** Sends the headers Kontakt-Journal and Kontakt-Warnings. By default true. */
  readonly answerHeaders?: boolean | undefined;
  /**
   * Where exchanges are kept: in `journal.db` in the data directory, or with `store` in the database (`file`, the default); or
   * the last thousand until the emulator is closed (`memory`), as always with `inMemory`.
   */
  readonly journal?: 'file' | 'memory' | undefined;
  /** Exchanges that are kept; the oldest go first. By default 100,000. */
  readonly journalEntries?: number | undefined;
  /** Bytes of `journal.db`, or of the messages in the database; the oldest exchanges go first. By default 256 MiB. */
  readonly journalBytes?: number | undefined;
  /** Days that an exchange is kept. By default 30. */
  readonly journalDays?: number | undefined;
  /** How much one request may hold. */
  readonly limits?: LimitOptions | undefined;
  /** Token of at least 8 characters that opens the control interface beyond loopback. */
  readonly controlToken?: string | undefined;
  /** Whether browsers get the console at the http listener. By default true. */
  readonly console?: boolean | undefined;
  /** How every exchange is logged, to standard error. By default `pretty`. */
  readonly log?: 'pretty' | 'json' | 'silent' | undefined;
}

/** Settings of the Danish services. */
export interface DanishOptions {
  /** Language of the texts of errors. By default `en`. */
  readonly language?: 'en' | 'da' | undefined;
  /** faultcode: the bare number (the default), or the standard Client. */
  readonly faultcode?: 'number' | 'client' | undefined;
  /** GetVerificationCode answers the code too. By default false. */
  readonly returnCode?: boolean | undefined;
  /** Digits of a verification code. By default 6. */
  readonly codeDigits?: number | undefined;
  /** How long a verification code lives, in seconds. By default 900. */
  readonly codeLifetime?: number | undefined;
  /** Wrong codes that are heard out for a citizen and type within `codeAttemptsWithin`. By default 5. */
  readonly codeAttempts?: number | undefined;
  /** How long a wrong code counts, in seconds. By default 900. */
  readonly codeAttemptsWithin?: number | undefined;
  /** Codes that are sent for a citizen and type within `codeSendsWithin`. By default 5. */
  readonly codeSends?: number | undefined;
  /** How long a sent code counts, in seconds. By default 3600. */
  readonly codeSendsWithin?: number | undefined;
  /** Calls that the access log keeps. By default 10,000. */
  readonly accessLogRows?: number | undefined;
  /** Days that the access log keeps a call, by the register’s clock. By default 30. */
  readonly accessLogDays?: number | undefined;
  /** Messages that the outbox keeps. By default 10,000. */
  readonly outboxRows?: number | undefined;
  /** Addresses of TLS terminators whose Client-Cert header (RFC 9440) is believed. */
  readonly proxies?: string[] | undefined;
  /** REST asks for a bearer token that lists the method’s scope; it is not verified. By default false. */
  readonly scopes?: boolean | undefined;
  /** Whom a user who is a citizen may call for: himself or herself (the default), or any citizen of the organisation. */
  readonly citizenUser?: 'self' | 'any' | undefined;
}

/** How much one request may hold; bytes unless it says otherwise. */
export interface LimitOptions {
  /** A SOAP message, before and after gzip is undone. By default 256 KiB. */
  readonly soapBody?: number | undefined;
  /** A body of the REST service, before and after gzip is undone. By default 64 KiB. */
  readonly restBody?: number | undefined;
  /** A body of the control interface. By default 64 KiB. */
  readonly controlBody?: number | undefined;
  /** A seed over the control interface. By default 64 MiB. */
  readonly seedBody?: number | undefined;
  /** Depth of the element tree. By default 64. */
  readonly depth?: number | undefined;
  /** Number of elements of a message. By default 10,000. */
  readonly elements?: number | undefined;
  /** Number of attributes of an element, declarations of namespaces too. By default 256. */
  readonly attributes?: number | undefined;
  /** Number of attributes of a message. By default 10,000. */
  readonly allAttributes?: number | undefined;
  /** Number of comments of a message. By default 10,000. */
  readonly comments?: number | undefined;
  /** Number of CDATA sections of a message. By default 10,000. */
  readonly cdataSections?: number | undefined;

  /** Number of texts of a message, white space between tags too. By default 25,000. */
  readonly texts?: number | undefined;
  /** Number of attributes named Id, ID or id. By default 1,000. */
  readonly ids?: number | undefined;
  /** A name. By default 1 KiB. */
  readonly name?: number | undefined;
  /** A text, a comment, a CDATA section or an attribute’s value. By default 128 KiB. */
  readonly text?: number | undefined;
}
