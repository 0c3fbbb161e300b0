-- The templates and values of the messages in a run's record, where they are told in another language.
CREATE TABLE messages (
  run_id TEXT PRIMARY KEY REFERENCES runs (run_id) ON DELETE CASCADE,
  packed TEXT NOT NULL
);
