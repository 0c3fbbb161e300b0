-- What people decided about pictures: every act, never changed, and how each picture stands after them.
CREATE TABLE acts (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id TEXT NOT NULL REFERENCES runs (run_id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  said TEXT NOT NULL,
  person TEXT NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('star', 'unstar', 'approve', 'reject', 'undecide', 'comment')),
  reason TEXT NOT NULL,
  words TEXT NOT NULL
);
CREATE INDEX acts_run ON acts (run_id, position);
CREATE TABLE decisions (
  run_id TEXT NOT NULL REFERENCES runs (run_id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  starred INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
);
