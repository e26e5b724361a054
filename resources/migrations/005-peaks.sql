-- Version 5: a max pyramid over the storm of a run, so that a map of any width shows every peak without reading every second.

CREATE TABLE storm_peak (
  run_id INTEGER NOT NULL REFERENCES run (id),
  quantity TEXT NOT NULL,
  stretch_s INTEGER NOT NULL, -- 2, 4, 8 …
  entry BLOB NOT NULL, -- uint32: of each cell and stretch, the row of the storm's columns with the greatest value
  PRIMARY KEY (run_id, quantity, stretch_s)
) STRICT;
