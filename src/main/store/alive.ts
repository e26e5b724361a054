/** A heartbeat older than this belongs to a process that is gone or hangs [ms]. */
const STALE_MS = 60_000;

/** Whether the process that writes a run still does. */
export function ownerAlive(pid: number | null, heartbeatMs: number | null, nowMs = Date.now()): boolean {
  if (pid === null || heartbeatMs === null || nowMs - heartbeatMs > STALE_MS) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}
