-- Citizens of the Danish register.
CREATE TABLE borger (
  id TEXT PRIMARY KEY CHECK (length(id) = 10),
  tidligere_id TEXT UNIQUE,
  cv_nummer TEXT UNIQUE,
  doed INTEGER NOT NULL CHECK (doed IN (0, 1)),
  kommune TEXT,
  jobcenter TEXT,
  akasse TEXT,
  -- Active huskeservice subscriptions, as a JSON list.
  huskeservice TEXT NOT NULL,
  -- The place in the lists: as seeded, later ones at the end.
  raekkefoelge INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX borger_raekkefoelge ON borger (raekkefoelge);

-- Contact data by type (1 mobile, 2 landline, 3 e-mail), with the verification code that is on its way.
CREATE TABLE kontaktdata (
  borger_id TEXT NOT NULL REFERENCES borger (id) ON DELETE CASCADE,
  type INTEGER NOT NULL CHECK (type IN (1, 2, 3)),
  vaerdi TEXT NOT NULL,
  -- The form that searches compare: international for telephones, lower case for addresses.
  soegeform TEXT NOT NULL,
  status INTEGER NOT NULL CHECK (status IN (1, 2, 3)),
  kode TEXT,
  kode_udloeber INTEGER,
  kode_forsoeg INTEGER,
  PRIMARY KEY (borger_id, type)
) STRICT, WITHOUT ROWID;
CREATE INDEX kontaktdata_soegeform ON kontaktdata (type, soegeform);

-- Organisations, and which CVR number may act for which of them.
CREATE TABLE organisation (
  type INTEGER NOT NULL,
  kode TEXT NOT NULL,
  navn TEXT NOT NULL,
  cvr TEXT NOT NULL,
  PRIMARY KEY (type, kode)
) STRICT, WITHOUT ROWID;
CREATE TABLE databehandler (
  cvr TEXT NOT NULL,
  type INTEGER NOT NULL,
  kode TEXT NOT NULL,
  PRIMARY KEY (cvr, type, kode)
) STRICT, WITHOUT ROWID;

-- Messages to citizens as they would have been sent; rows never change.
CREATE TABLE udbakke (
  id INTEGER PRIMARY KEY,
  tidspunkt INTEGER NOT NULL,
  borger_id TEXT NOT NULL,
  kanal TEXT NOT NULL CHECK (kanal IN ('sms', 'email')),
  adresse TEXT NOT NULL,
  slags TEXT NOT NULL CHECK (slags IN ('verification', 'reminder')),
  kode TEXT,
  tekst TEXT NOT NULL
) STRICT;

-- Who called what, reads too.
CREATE TABLE adgangslog (
  id INTEGER PRIMARY KEY,
  reference TEXT NOT NULL,
  tidspunkt INTEGER NOT NULL,
  tjeneste TEXT NOT NULL,
  operation TEXT NOT NULL,
  borger TEXT,
  cvr TEXT,
  organisation_type INTEGER NOT NULL,
  organisation_kode TEXT NOT NULL,
  bruger_type INTEGER NOT NULL,
  bruger TEXT NOT NULL,
  resultat TEXT NOT NULL
) STRICT;

-- Request ids of the REST service, by certificate.
CREATE TABLE anmodning (
  certifikat TEXT NOT NULL,
  id TEXT NOT NULL,
  tidspunkt INTEGER NOT NULL,
  PRIMARY KEY (certifikat, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX anmodning_tidspunkt ON anmodning (tidspunkt);
