-- A call that is refused early is in the access log too, with what is known of who made it: the rest is NULL.
CREATE TABLE adgangslog_ny (
  id INTEGER PRIMARY KEY,
  reference TEXT NOT NULL,
  tidspunkt INTEGER NOT NULL,
  tjeneste TEXT NOT NULL,
  operation TEXT,
  borger TEXT,
  cvr TEXT,
  organisation_type INTEGER,
  organisation_kode TEXT,
  bruger_type INTEGER,
  bruger TEXT,
  -- 1: who called is what the call said of itself; nothing vouches for it.
  paastaaet INTEGER NOT NULL CHECK (paastaaet IN (0, 1)),
  resultat TEXT NOT NULL
) STRICT;
INSERT INTO adgangslog_ny
  SELECT id, reference, tidspunkt, tjeneste, operation, borger, cvr, organisation_type, organisation_kode, bruger_type,
    bruger, resultat IN ('8173', '8174', '4413', '1013') OR resultat = '4575' AND borger IS NULL, resultat
  FROM adgangslog;
DROP TABLE adgangslog;
ALTER TABLE adgangslog_ny RENAME TO adgangslog;
