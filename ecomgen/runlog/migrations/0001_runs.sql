CREATE TABLE runs (
  run_id TEXT PRIMARY KEY,
  created TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('running', 'done', 'cancelled', 'failed')),
  pipeline TEXT NOT NULL,
  prompt TEXT NOT NULL,
  folder TEXT NOT NULL,
  record TEXT NOT NULL
);
CREATE INDEX runs_created ON runs (created);

CREATE TABLE candidates (
  run_id TEXT NOT NULL REFERENCES runs (run_id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  status TEXT,
  reasons TEXT NOT NULL,
  identity REAL,
  extension REAL,
  adherence REAL,
  quality REAL,
  overall REAL,
  PRIMARY KEY (run_id, position)
);

CREATE TABLE photos (
  run_id TEXT NOT NULL REFERENCES runs (run_id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
);
CREATE INDEX photos_sha256 ON photos (sha256);
