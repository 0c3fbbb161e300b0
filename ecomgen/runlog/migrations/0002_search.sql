-- Narrow rows for lists, records in a table of their own, and an index of trigrams, so that no list reads every run.
CREATE TABLE records (
  run_id TEXT PRIMARY KEY REFERENCES runs (run_id) ON DELETE CASCADE,
  record TEXT NOT NULL
);
INSERT INTO records SELECT run_id, record FROM runs;

ALTER TABLE runs ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN product TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN best REAL;
ALTER TABLE candidates ADD COLUMN entry TEXT;

WITH ordered AS (SELECT run_id, row_number() OVER (ORDER BY created, run_id) AS place FROM runs)
UPDATE runs SET number = ordered.place FROM ordered WHERE ordered.run_id = runs.run_id;
UPDATE runs SET
  product = coalesce(json_extract(record, '$.parameters.product'), ''),
  count = (SELECT COUNT(*) FROM candidates WHERE candidates.run_id = runs.run_id),
  kept = (SELECT COUNT(*) FROM candidates WHERE candidates.run_id = runs.run_id AND candidates.status = 'kept'),
  best = (SELECT MAX(overall) FROM candidates WHERE candidates.run_id = runs.run_id);
INSERT INTO photos
  SELECT run_id, -1, '', json_extract(record, '$.parameters.mask') FROM runs
  WHERE json_extract(record, '$.parameters.mask') IS NOT NULL;
ALTER TABLE runs DROP COLUMN record;

DROP INDEX runs_created;
CREATE UNIQUE INDEX runs_number ON runs (number);
CREATE INDEX runs_created ON runs (created, number);
CREATE INDEX runs_pipeline ON runs (pipeline, number);
CREATE INDEX runs_kept ON runs (number) WHERE kept > 0;
CREATE INDEX runs_running ON runs (run_id) WHERE status = 'running';

CREATE VIRTUAL TABLE words USING fts5 (prompt, product, pipeline, run_id, tokenize = 'trigram');
INSERT INTO words (rowid, prompt, product, pipeline, run_id) SELECT number, prompt, product, pipeline, run_id FROM runs;
