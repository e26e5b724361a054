-- Version 2: gateways and beams that hold their places.

-- When a satellite of a transparent payload went over to another gateway.
CREATE TABLE feeder_switch (
  run_id INTEGER NOT NULL REFERENCES run (id),
  number INTEGER NOT NULL, -- from 0, in the order (time, satellite)
  time_ms INTEGER NOT NULL,
  satellite INTEGER NOT NULL,
  source INTEGER NOT NULL, -- gateway of the scenario, from 0; -1 none
  target INTEGER NOT NULL,
  PRIMARY KEY (run_id, number)
) STRICT, WITHOUT ROWID;

-- Quasi-earth-fixed cells that served somebody: which place each held, and for how long.
CREATE TABLE hold (
  run_id INTEGER NOT NULL REFERENCES run (id),
  cell INTEGER NOT NULL,
  from_ms INTEGER NOT NULL,
  until_ms INTEGER NOT NULL,
  latitude_deg REAL NOT NULL,
  longitude_deg REAL NOT NULL,
  PRIMARY KEY (run_id, cell, from_ms)
) STRICT, WITHOUT ROWID;
