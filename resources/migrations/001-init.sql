-- Version 1. A run and everything that belongs to it hang on run.key.
CREATE TABLE run (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  scenario TEXT NOT NULL,
  title TEXT NOT NULL,
  scenario_text TEXT NOT NULL,
  scenario_hash TEXT NOT NULL,
  elements_name TEXT,
  elements_text TEXT,
  seed INTEGER NOT NULL,
  version TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('running', 'finished', 'interrupted', 'cancelled', 'failed')),
  owner_pid INTEGER,
  heartbeat_ms INTEGER,
  created_ms INTEGER NOT NULL,
  start_ms REAL NOT NULL,
  duration_s REAL NOT NULL,
  step_s REAL NOT NULL,
  mark_s REAL NOT NULL,
  ues INTEGER NOT NULL,
  satellites INTEGER NOT NULL,
  beams INTEGER NOT NULL,
  steps_total INTEGER NOT NULL,
  steps_done INTEGER NOT NULL DEFAULT 0,
  resume_state BLOB,             -- opaque to the store: what the engine needs after the last block
  track_first_s REAL NOT NULL,
  track_knot_s REAL NOT NULL,
  track_knots INTEGER NOT NULL,
  track BLOB NOT NULL,           -- float64 [knot × satellite × 6], ECEF m and m/s
  summary TEXT                   -- JSON, once finished
) STRICT;

CREATE TABLE satellite (
  run INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  lost TEXT,                     -- why the propagator gave up on it
  PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;

-- Cells that served at least one UE.
CREATE TABLE cell (
  run INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
  cell INTEGER NOT NULL,
  PRIMARY KEY (run, cell)
) STRICT, WITHOUT ROWID;

-- Columns over all UEs of a run (set 'ue'), or over its predicted handovers (set 'predicted').
CREATE TABLE run_column (
  run INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
  part TEXT NOT NULL CHECK (part IN ('ue', 'predicted')),
  name TEXT NOT NULL,
  type TEXT NOT NULL,            -- u8 u16 i16 u32 i32 f32 f64, little-endian
  data BLOB NOT NULL,
  PRIMARY KEY (run, part, name)
) STRICT;

-- Frames in blocks of consecutive steps, each column [step × ue].
CREATE TABLE frame_block (
  run INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
  first_step INTEGER NOT NULL,
  steps INTEGER NOT NULL,
  cell_state BLOB NOT NULL,      -- uint32: cell in the low 24 bits, state above
  rsrp BLOB NOT NULL,            -- int16, hundredths of dBm
  sinr BLOB NOT NULL,            -- int16, hundredths of dB
  PRIMARY KEY (run, first_step)
) STRICT;

-- Changes of cell, in the order (time, UE).
CREATE TABLE event (
  run INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  time_ms INTEGER NOT NULL,
  ue INTEGER NOT NULL,
  source_cell INTEGER NOT NULL,
  target_cell INTEGER NOT NULL,
  rsrp_source_dbm REAL,
  rsrp_target_dbm REAL NOT NULL,
  trigger TEXT NOT NULL,
  ping_pong INTEGER NOT NULL,
  PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;

-- Handovers out of and into a cell in one second of the run; seconds without any have no row.
CREATE TABLE cell_load (
  run INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
  cell INTEGER NOT NULL,
  second INTEGER NOT NULL,
  handovers_out INTEGER NOT NULL,
  handovers_in INTEGER NOT NULL,
  PRIMARY KEY (run, cell, second)
) STRICT, WITHOUT ROWID;

CREATE TABLE cluster (
  run INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  latitude_deg REAL NOT NULL,
  longitude_deg REAL NOT NULL,
  ues INTEGER NOT NULL,
  PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE elbow (
  run INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
  k INTEGER NOT NULL,
  wcss REAL NOT NULL,
  PRIMARY KEY (run, k)
) STRICT, WITHOUT ROWID;

CREATE TABLE model (
  run INTEGER NOT NULL REFERENCES run (key) ON DELETE CASCADE,
  name TEXT NOT NULL,
  ablation TEXT NOT NULL,
  onnx BLOB NOT NULL,
  card TEXT NOT NULL,            -- JSON
  metrics TEXT NOT NULL,         -- JSON
  PRIMARY KEY (run, name, ablation)
) STRICT;
