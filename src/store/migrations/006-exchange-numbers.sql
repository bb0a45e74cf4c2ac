-- Running numbers that are taken in blocks: the last number of the last block.
CREATE TABLE teller (
  navn TEXT PRIMARY KEY,
  verdi INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The exchange that made a change; NULL for one by a seed or by the control interface.
ALTER TABLE endring ADD COLUMN utveksling INTEGER;
-- The exchange that a call of the Danish services was; NULL for what was logged before.
ALTER TABLE adgangslog ADD COLUMN udveksling INTEGER;
