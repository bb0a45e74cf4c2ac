// What the registers hold, as seeds and the control interface write it too: the words of the two contracts, letter for letter.

/** A mobile number or an e-mail address of a Norwegian person. */
export interface Channel {
  readonly verdi: string;
  /** ISO 8601. */
  readonly sistOppdatert?: string | undefined;
  readonly sistVerifisert?: string | undefined;
}

/** A digital mailbox of a Norwegian person, with one provider. */
export interface Mailbox {
  /** The provider’s organisation number. */
  readonly leverandoer: string;
  readonly adresse: string;
  readonly aktiv: boolean;
  /** The DER certificate of the mailbox, in Base64. */
  readonly sertifikat?: string | undefined;
}

export interface Kontaktinformasjon {
  readonly mobiltelefonnummer?: Channel | undefined;
  readonly epostadresse?: Channel | undefined;
}

/** A person of the Norwegian register. */
export interface Person {
  /** Fødselsnummer or D-nummer, 11 digits. */
  readonly id: string;
  readonly status: 'AKTIV' | 'SLETTET';
  readonly slettetAarsak?:
    | 'Selvvalgt'
    | 'Død'
    | 'Utgått'
    | 'UtgåttTest'
    | 'NyIdentitet'
    | 'Forsvunnet'
    | undefined;
  readonly reservert: boolean;
  readonly kontaktinformasjon: Kontaktinformasjon;
  readonly postkasser: readonly Mailbox[];
}

/**
 * A Norwegian person to be kept: only `id` must be there. Instants may also be durations before now, like `-P2M`.
 *
 * @example { id: '12838410985', reservert: true }
 */
export interface PersonInput {
  readonly id: string;
  /** A remark for readers; it is not kept. */
  readonly who?: string | undefined;
  readonly status?: Person['status'] | undefined;
  readonly slettetAarsak?: Person['slettetAarsak'];
  readonly reservert?: boolean | undefined;
  readonly kontaktinformasjon?: Kontaktinformasjon | undefined;
  readonly postkasser?: readonly Mailbox[] | undefined;
}

/** A contact of a Danish citizen. */
export interface Contact {
  /** 1 mobile, 2 landline, 3 e-mail. */
  readonly type: 1 | 2 | 3;
  readonly value: string;
  /** 1 not verified, 2 verified, 3 invalid. */
  readonly status: 1 | 2 | 3;
}

/** A citizen of the Danish register. */
export interface Citizen {
  /** CPR number, 10 digits. */
  readonly id: string;
  readonly cvCustomerIdentifier: string | null;
  readonly doed: boolean;
  /** The number that the citizen had before. */
  readonly tidligereId: string | null;
  /** Codes of the organisations that the citizen belongs to. */
  readonly kommune: string | null;
  readonly jobcenter: string | null;
  readonly akasse: string | null;
  readonly kontaktdata: readonly Contact[];
  /** Reminders that the citizen has subscribed to. */
  readonly huskeservice: readonly string[];
}

/**
 * A Danish citizen to be kept: only `id` must be there.
 *
 * @example { id: '1403455896', kontaktdata: [{ type: 3, value: 'borger@example.dk', status: 2 }] }
 */
export interface CitizenInput {
  readonly id: string;
  /** A remark for readers; it is not kept. */
  readonly who?: string | undefined;
  readonly cvCustomerIdentifier?: string | null | undefined;
  readonly doed?: boolean | undefined;
  readonly tidligereId?: string | null | undefined;
  readonly kommune?: string | null | undefined;
  readonly jobcenter?: string | null | undefined;
  readonly akasse?: string | null | undefined;
  readonly kontaktdata?: readonly ContactInput[] | undefined;
  readonly huskeservice?: readonly string[] | undefined;
}

export interface ContactInput {
  readonly type: Contact['type'];
  readonly value: string;
  /** By default 1, not verified. */
  readonly status?: Contact['status'] | undefined;
}

/** Norway: who is an approved mailbox provider, and who may look citizens up on whose behalf. */
export interface NorwegianOrganisations {
  readonly providers: readonly { readonly orgnr: string; readonly navn: string }[];
  readonly relations: readonly NorwegianRelation[];
}

export interface NorwegianRelation {
  readonly organisation: string;
  readonly onBehalfOf: string;
  readonly service: 'OPPSLAGSTJENESTEN' | 'ENDRINGSTJENESTEN';
}

export interface NorwegianOrganisationsInput {
  readonly providers: readonly { readonly orgnr: string; readonly navn?: string | undefined }[];
  readonly relations?: readonly NorwegianRelation[] | undefined;
}

/** Denmark: the organisations, and which CVR number may act for which of them. */
export interface DanishOrganisations {
  readonly organisations: readonly {
    /** 1 STAR, 2 a-kasse, 4 anden aktør, 7 kommune, 8 jobcenter, 24 virksomhed, 30 Jobnet. */
    readonly type: number;
    readonly code: string;
    readonly name: string;
    readonly cvr: string;
  }[];
  readonly relations: readonly DanishRelation[];
}

export interface DanishRelation {
  readonly cvr: string;
  readonly type: number;
  readonly code: string;
}

export interface DanishOrganisationsInput {
  readonly organisations: readonly {
    readonly type: number;
    readonly code: string;
    readonly name?: string | undefined;
    readonly cvr: string;
  }[];
  readonly relations?: readonly DanishRelation[] | undefined;
}

/** The content of a seed: what is left out stays as it is. */
export interface Seed {
  readonly no?:
    | (Partial<NorwegianOrganisationsInput> & { readonly persons?: readonly PersonInput[] | undefined })
    | undefined;
  readonly dk?:
    | (Partial<DanishOrganisationsInput> & { readonly citizens?: readonly CitizenInput[] | undefined })
    | undefined;
}
