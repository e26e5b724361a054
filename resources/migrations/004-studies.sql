-- Version 4: studies (papers, trainings, searches) with their trials, the library of models, curves by strategy.

CREATE TABLE study (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  settings TEXT NOT NULL, -- JSON: everything it was asked
  title TEXT NOT NULL,
  quick INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  version TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('running', 'finished', 'interrupted', 'cancelled', 'failed')),
  owner_pid INTEGER, -- the process that works on it
  heartbeat_ms INTEGER NOT NULL, -- Unix time of its last sign of life
  created_ms INTEGER NOT NULL, -- Unix time
  seconds REAL NOT NULL DEFAULT 0, -- of all its sittings
  report TEXT -- JSON
) STRICT;

-- What a trial answered, so that a study goes on where it stopped.
CREATE TABLE trial (
  id INTEGER PRIMARY KEY,
  study_id INTEGER NOT NULL REFERENCES study (id),
  hash TEXT NOT NULL, -- SHA-256 of kind and ask
  kind TEXT NOT NULL,
  ask TEXT NOT NULL, -- JSON
  answer BLOB NOT NULL, -- V8 structured clone
  seconds REAL NOT NULL,
  UNIQUE (study_id, hash)
) STRICT;

CREATE TABLE library_model (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  card TEXT NOT NULL, -- JSON
  metrics TEXT NOT NULL, -- JSON, by name
  energy_j REAL, -- of its training; null where it was not measured
  lineage TEXT NOT NULL, -- what it was trained on and by which version, or the file it came from
  created_ms INTEGER NOT NULL, -- Unix time
  onnx BLOB NOT NULL
) STRICT;

-- One more family of columns: 'curve', by strategy and cell, then second.
CREATE TABLE column_data_4 (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run (id),
  family TEXT NOT NULL CHECK (family IN ('user', 'mark', 'predicted', 'storm', 'procedure', 'curve')),
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  data BLOB NOT NULL,
  UNIQUE (run_id, family, name)
) STRICT;
INSERT INTO column_data_4 SELECT id, run_id, family, name, type, data FROM column_data;
DROP TABLE column_data;
ALTER TABLE column_data_4 RENAME TO column_data;
