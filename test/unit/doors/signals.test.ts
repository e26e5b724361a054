import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";

const world = join(import.meta.dirname, "../../../src/main/host/terminal/world.ts");

/** Signals and pipes belong to a whole process, so each case runs in its own. */
function start(code: string) {
  const script = `const { realWorld, survivePipes } = await import(${JSON.stringify(world)});${code}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (chunk) => (said += chunk));
  child.stderr.on("data", (chunk) => (said += chunk));
  return { child, said: () => said };
}

const LISTENING = `realWorld().onInterrupt(() => console.log("interrupted")); console.log("ready"); setInterval(() => {}, 1000);`;

/** A busy machine takes its time to start a process. */
const PATIENT = { timeout: 30_000 };

describe.skipIf(process.platform === "win32")("a program in the terminal", () => {
  test("hears one Ctrl+C once although launchers repeat it, and ends at the second", async () => {
    const { child, said } = start(LISTENING);
    await expect.poll(said, PATIENT).toBe("ready\n");
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) child.kill(signal);
    await expect.poll(said, PATIENT).toContain("interrupted");
    await wait(800);
    expect(child.exitCode).toBeNull();
    expect(said()).toBe("ready\ninterrupted\n");
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([1, null]);
  });

  test("ends quietly when the reader of its results has gone", async () => {
    const { child, said } = start(
      `survivePipes(); setInterval(() => realWorld().out("x".repeat(65536)), 1);`,
    );
    child.stdout.destroy();
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(said()).not.toContain("EPIPE");
  });
});
