-- Version 6: handovers are counted without reselections, per cell and second and in the summary of each run. Reselections stay in
-- the table of events, and under their own name in the summary.

CREATE TEMP TABLE reselected AS
  SELECT run_id, cell, second, sum(out) AS out, sum(into_) AS into_ FROM (
    SELECT run_id, source AS cell, time_ms / 1000 AS second, 1 AS out, 0 AS into_ FROM event WHERE "trigger" = 1
    UNION ALL
    SELECT run_id, target, time_ms / 1000, 0, 1 FROM event WHERE "trigger" = 1
  ) GROUP BY run_id, cell, second;
UPDATE cell_load SET handovers_out = handovers_out - r.out, handovers_in = handovers_in - r.into_
  FROM reselected AS r
  WHERE r.run_id = cell_load.run_id AND r.cell = cell_load.cell AND r.second = cell_load.second;
DROP TABLE reselected;
DELETE FROM cell_load WHERE handovers_out = 0 AND handovers_in = 0;

-- What the summaries count, from the events that are left; of equal peaks the first. Sites on the ground come after the cells of
-- the satellites; changes to and from these are none between satellites.
CREATE TEMP TABLE counted AS
  SELECT
    run.id AS run_id,
    count(*) AS total,
    sum(e.ping_pong) AS ping_pong,
    sum(e.source <= last AND e.target <= last AND (e.source - 1) / run.beams <> (e.target - 1) / run.beams) AS inter_satellite,
    sum(e.source <= last AND e.target > last) AS to_ground,
    sum(e.source > last AND e.target <= last) AS to_satellite
  FROM (SELECT id, beams, satellites * beams AS last FROM run WHERE summary IS NOT NULL) AS run
  JOIN event AS e ON e.run_id = run.id AND e."trigger" <> 1
  GROUP BY run.id;
UPDATE run SET summary = json_set(
    summary,
    '$.handovers.total', coalesce((SELECT total FROM counted WHERE run_id = run.id), 0),
    '$.handovers.pingPong', coalesce((SELECT ping_pong FROM counted WHERE run_id = run.id), 0),
    '$.handovers.interSatellite', coalesce((SELECT inter_satellite FROM counted WHERE run_id = run.id), 0),
    '$.handovers.peakPerS', coalesce((SELECT max(handovers_out) FROM cell_load WHERE run_id = run.id), 0),
    '$.handovers.peakCell', coalesce((SELECT cell FROM cell_load WHERE run_id = run.id AND handovers_out > 0
      ORDER BY handovers_out DESC, second, cell LIMIT 1), 0),
    '$.handovers.peakAtS', coalesce((SELECT second FROM cell_load WHERE run_id = run.id AND handovers_out > 0
      ORDER BY handovers_out DESC, second, cell LIMIT 1), 0)
  )
  WHERE json_extract(summary, '$.handovers.reselections') > 0;
UPDATE run SET summary = json_replace(
    summary,
    '$.handovers.toGround', coalesce((SELECT to_ground FROM counted WHERE run_id = run.id), 0),
    '$.handovers.toSatellite', coalesce((SELECT to_satellite FROM counted WHERE run_id = run.id), 0)
  )
  WHERE json_extract(summary, '$.handovers.reselections') > 0;
DROP TABLE counted;
