// A person in the words of the contract, as CSV and the export file have them, as the JSON of a seed.

/** The texts of a person by the names of the columns; one that is not there, or empty, says nothing. */
export type Texts = ReadonlyMap<string, string>;

const RESERVED: Readonly<Record<string, boolean>> = { JA: true, NEI: false };

/** ISO 6523 prefixes that an organisation number may have. */
const PREFIX = /^(?:9908|0192):/;

const given = (texts: Texts, name: string): string | undefined => texts.get(name) || undefined;

const some = (members: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

const channel = (texts: Texts, name: string): object | undefined => {
  const verdi = given(texts, name);
  const sistOppdatert = given(texts, `${name}_sistOppdatert`);
  const sistVerifisert = given(texts, `${name}_sistVerifisert`);
  if ((verdi ?? sistOppdatert ?? sistVerifisert) === undefined) return undefined;
  return some({ verdi: verdi ?? '', sistOppdatert, sistVerifisert });
};

const mailbox = (texts: Texts): object | undefined => {
  const leverandoer = given(texts, 'postkasseleverandoerAdresse');
  const adresse = given(texts, 'postkasseadresse');
  const sertifikat = given(texts, 'X509Sertifikat');
  if ((leverandoer ?? adresse ?? sertifikat) === undefined) return undefined;
  return some({
    leverandoer: (leverandoer ?? '').replace(PREFIX, ''),
    adresse: adresse ?? '',
    aktiv: true,
    sertifikat: sertifikat?.replace(/\s+/g, ''),
  });
};

/** @returns the JSON, or what is wrong with a word of the contract */
export const jsonOf = (texts: Texts): { readonly json: object } | { readonly fault: string } => {
  const reservasjon = given(texts, 'reservasjon') ?? 'NEI';
  if (!Object.hasOwn(RESERVED, reservasjon))
    return {
      fault: `reservasjon: expected "JA" or "NEI", found ${JSON.stringify(reservasjon.slice(0, 40))}`,
    };
  const active = mailbox(texts);
  return {
    json: some({
      id: texts.get('personidentifikator') ?? '',
      reservert: RESERVED[reservasjon],
      status: given(texts, 'status'),
      slettetAarsak: given(texts, 'beskrivelse'),
      kontaktinformasjon: some({
        mobiltelefonnummer: channel(texts, 'mobiltelefonnummer'),
        epostadresse: channel(texts, 'epostadresse'),
      }),
      postkasser: active ? [active] : [],
    }),
  };
};
