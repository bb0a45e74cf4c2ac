-- The access log is bounded by age too: what is too old is found by its time.
CREATE INDEX adgangslog_tidspunkt ON adgangslog (tidspunkt);

-- Request ids are bounded in number: the oldest have the smallest.
CREATE TABLE anmodning_ny (
  nummer INTEGER PRIMARY KEY,
  certifikat TEXT NOT NULL,
  id TEXT NOT NULL,
  tidspunkt INTEGER NOT NULL,
  UNIQUE (certifikat, id)
) STRICT;
INSERT INTO anmodning_ny (certifikat, id, tidspunkt)
  SELECT certifikat, id, tidspunkt FROM anmodning ORDER BY tidspunkt;
DROP TABLE anmodning;
ALTER TABLE anmodning_ny RENAME TO anmodning;
CREATE INDEX anmodning_tidspunkt ON anmodning (tidspunkt);

-- Attempts at codes, apart from the codes: two JSON lists of times for each citizen and type.
CREATE TABLE kodeforsoeg (
  borger_id TEXT NOT NULL REFERENCES borger (id) ON DELETE CASCADE,
  type INTEGER NOT NULL CHECK (type IN (1, 2, 3)),
  forkerte TEXT NOT NULL,
  sendte TEXT NOT NULL,
  PRIMARY KEY (borger_id, type)
) STRICT, WITHOUT ROWID;
-- What was counted with a code counts from when the code was sent, 15 minutes before its end.
WITH RECURSIVE counted (number) AS (VALUES (1) UNION ALL SELECT number + 1 FROM counted WHERE number < 100)
INSERT INTO kodeforsoeg
  SELECT borger_id, type, json_group_array(kode_udloeber - 900000) FILTER (WHERE number IS NOT NULL),
    json_array(kode_udloeber - 900000)
  FROM kontaktdata LEFT JOIN counted ON number <= kode_forsoeg WHERE kode IS NOT NULL GROUP BY borger_id, type;
ALTER TABLE kontaktdata DROP COLUMN kode_forsoeg;

-- Search forms are made in another way now. The program makes those that are empty, at its next start.
UPDATE kontaktdata SET soegeform = '';
