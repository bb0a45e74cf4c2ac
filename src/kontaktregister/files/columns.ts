// The columns of a register as CSV, under the words of the contract, and where each stands in the JSON of a person.

const channel = (name: string): readonly (readonly [string, string])[] => [
  [name, `kontaktinformasjon.${name}.verdi`],
  [`${name}_sistOppdatert`, `kontaktinformasjon.${name}.sistOppdatert`],
  [`${name}_sistVerifisert`, `kontaktinformasjon.${name}.sistVerifisert`],
];

/** Each with its place, in the order in which they are written. */
const places: readonly (readonly [string, string])[] = [
  ['personidentifikator', 'id'],
  ['reservasjon', 'reservert'],
  ['status', 'status'],
  ['beskrivelse', 'slettetAarsak'],
  ...channel('mobiltelefonnummer'),
  ...channel('epostadresse'),
  ['postkasseleverandoerAdresse', 'postkasser.0.leverandoer'],
  ['postkasseadresse', 'postkasser.0.adresse'],
  ['X509Sertifikat', 'postkasser.0.sertifikat'],
];

export const columns: readonly string[] = places.map(([column]) => column);

/** The column of a place in the JSON of a person; the place itself where there is none. */
export const columnOf = (place: string): string => places.find(([, one]) => one === place)?.[0] ?? place;
