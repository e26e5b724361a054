-- Version 1. Times are seconds or milliseconds since the start of the run unless the name says otherwise;
-- blobs are little-endian arrays, row-major.

CREATE TABLE document (
  hash TEXT PRIMARY KEY, -- SHA-256 of the text
  text TEXT NOT NULL
) STRICT;

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  scenario TEXT NOT NULL,
  title TEXT NOT NULL,
  scenario_hash TEXT NOT NULL REFERENCES document (hash),
  elements_name TEXT,
  elements_hash TEXT REFERENCES document (hash),
  seed INTEGER NOT NULL,
  version TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('running', 'finished', 'interrupted', 'cancelled', 'failed')),
  owner_pid INTEGER, -- the process that works on it
  heartbeat_ms INTEGER NOT NULL, -- Unix time of its last sign of life
  created_ms INTEGER NOT NULL, -- Unix time
  start_ms REAL NOT NULL, -- Unix time of the run's first instant
  duration_s REAL NOT NULL,
  step_s REAL NOT NULL,
  mark_s REAL NOT NULL,
  ues INTEGER NOT NULL,
  satellites INTEGER NOT NULL,
  beams INTEGER NOT NULL, -- of one satellite; cell = satellite · beams + beam + 1
  steps_total INTEGER NOT NULL,
  steps_done INTEGER NOT NULL DEFAULT 0,
  events INTEGER NOT NULL DEFAULT 0,
  summary TEXT -- JSON
) STRICT;

CREATE TABLE constellation (
  run_id INTEGER PRIMARY KEY REFERENCES run (id),
  ids TEXT NOT NULL, -- JSON, by satellite
  names TEXT NOT NULL, -- JSON, by satellite
  lost TEXT NOT NULL, -- JSON, by satellite: why it cannot be propagated, or null
  first_s REAL NOT NULL,
  knot_s REAL NOT NULL,
  knots INTEGER NOT NULL
) STRICT;

CREATE TABLE knot (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run (id),
  number INTEGER NOT NULL,
  state BLOB NOT NULL, -- float64 [satellite × 6], ECEF position m and velocity m/s
  UNIQUE (run_id, number)
) STRICT;

-- Columns by UE ('user' from the start, 'mark' at the marked instant) and by predicted handover ('predicted').
CREATE TABLE column_data (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run (id),
  family TEXT NOT NULL CHECK (family IN ('user', 'mark', 'predicted')),
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  data BLOB NOT NULL,
  UNIQUE (run_id, family, name)
) STRICT;

CREATE TABLE frame_block (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run (id),
  first_step INTEGER NOT NULL,
  steps INTEGER NOT NULL,
  cell_state BLOB NOT NULL, -- uint32 [step × ue]: state · 2^24 + serving cell, 0 = none
  rsrp BLOB NOT NULL, -- int16 [step × ue], hundredths of dBm, -32768 = none
  sinr BLOB NOT NULL, -- int16 [step × ue], hundredths of dB, -32768 = none
  UNIQUE (run_id, first_step)
) STRICT;

CREATE TABLE event (
  run_id INTEGER NOT NULL REFERENCES run (id),
  number INTEGER NOT NULL, -- from 0, in the order (time, UE)
  time_ms INTEGER NOT NULL,
  ue INTEGER NOT NULL,
  source INTEGER NOT NULL,
  target INTEGER NOT NULL,
  rsrp_source_dbm REAL, -- null where the source was no longer heard
  rsrp_target_dbm REAL,
  "trigger" INTEGER NOT NULL, -- 0 A3, 1 reselection
  ping_pong INTEGER NOT NULL,
  PRIMARY KEY (run_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE served_cell (
  run_id INTEGER NOT NULL REFERENCES run (id),
  cell INTEGER NOT NULL,
  PRIMARY KEY (run_id, cell)
) STRICT, WITHOUT ROWID;

CREATE TABLE cell_load (
  run_id INTEGER NOT NULL REFERENCES run (id),
  cell INTEGER NOT NULL,
  second INTEGER NOT NULL,
  handovers_out INTEGER NOT NULL,
  handovers_in INTEGER NOT NULL,
  PRIMARY KEY (run_id, cell, second)
) STRICT, WITHOUT ROWID;

-- What the engine needs to go on after the last complete block.
CREATE TABLE resume (
  run_id INTEGER PRIMARY KEY REFERENCES run (id),
  state BLOB NOT NULL
) STRICT;

CREATE TABLE clustering (
  run_id INTEGER PRIMARY KEY REFERENCES run (id),
  k INTEGER NOT NULL,
  wcss TEXT NOT NULL -- JSON, within-cluster sum of squares for 1, 2, … clusters
) STRICT;

CREATE TABLE cluster (
  run_id INTEGER NOT NULL REFERENCES run (id),
  number INTEGER NOT NULL,
  latitude_deg REAL NOT NULL,
  longitude_deg REAL NOT NULL,
  ues INTEGER NOT NULL,
  PRIMARY KEY (run_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE model (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run (id),
  name TEXT NOT NULL,
  ablation TEXT NOT NULL,
  card TEXT NOT NULL, -- JSON
  metrics TEXT NOT NULL, -- JSON
  onnx BLOB NOT NULL,
  UNIQUE (run_id, name, ablation)
) STRICT;
