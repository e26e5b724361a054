-- Version 3: what a run's handovers cost in signalling.

CREATE TABLE signalling (
  run_id INTEGER PRIMARY KEY REFERENCES run (id),
  summary TEXT NOT NULL -- JSON
) STRICT;

-- Two more families of columns: 'storm' by cell and second, in that order, and 'procedure' by event.
CREATE TABLE column_data_3 (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run (id),
  family TEXT NOT NULL CHECK (family IN ('user', 'mark', 'predicted', 'storm', 'procedure')),
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  data BLOB NOT NULL,
  UNIQUE (run_id, family, name)
) STRICT;
INSERT INTO column_data_3 SELECT id, run_id, family, name, type, data FROM column_data;
DROP TABLE column_data;
ALTER TABLE column_data_3 RENAME TO column_data;
