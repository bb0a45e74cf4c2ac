-- Persons of the Norwegian register, with what is known of each.
CREATE TABLE person (
  id TEXT PRIMARY KEY CHECK (length(id) = 11),
  status TEXT NOT NULL CHECK (status IN ('AKTIV', 'SLETTET')),
  slettet_aarsak TEXT,
  reservasjon TEXT NOT NULL CHECK (reservasjon IN ('JA', 'NEI')),
  mobiltelefonnummer TEXT,
  mobil_oppdatert INTEGER,
  mobil_verifisert INTEGER,
  epostadresse TEXT,
  epost_oppdatert INTEGER,
  epost_verifisert INTEGER,
  -- The place in the lists: as seeded, later ones at the end.
  rekkefolge INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX person_rekkefolge ON person (rekkefolge);

-- One row for each provider a person has mailbox information with; at most one of them is active.
CREATE TABLE postkasse (
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  leverandoer TEXT NOT NULL,
  adresse TEXT NOT NULL,
  sertifikat BLOB,
  aktiv INTEGER NOT NULL CHECK (aktiv IN (0, 1)),
  PRIMARY KEY (person_id, leverandoer)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX postkasse_aktiv ON postkasse (person_id) WHERE aktiv = 1;

-- Every accepted change takes the next number. Rows are never deleted but with all the others, so that the next number
-- is always one more than the last and needs no counter of its own.
CREATE TABLE endring (
  endringsnummer INTEGER PRIMARY KEY,
  person_id TEXT NOT NULL,
  tidspunkt INTEGER NOT NULL,
  aarsak TEXT NOT NULL,
  organisasjon TEXT
) STRICT;

-- Approved mailbox providers, and who may look citizens up on whose behalf.
CREATE TABLE leverandoer (
  orgnr TEXT PRIMARY KEY,
  navn TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE tilgang (
  organisasjon TEXT NOT NULL,
  paa_vegne_av TEXT NOT NULL,
  tjeneste TEXT NOT NULL CHECK (tjeneste IN ('OPPSLAGSTJENESTEN', 'ENDRINGSTJENESTEN')),
  PRIMARY KEY (organisasjon, paa_vegne_av, tjeneste)
) STRICT, WITHOUT ROWID;

-- Marks a contract's register as seeded, so that it is never seeded again.
CREATE TABLE seeded (
  contract TEXT PRIMARY KEY,
  tidspunkt INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
