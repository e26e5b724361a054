import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createHandler } from "../../../src/main/host/http.ts";
import type { Services } from "../../../src/main/host/services.ts";
import { findChromium, printPdf } from "../../../src/main/host/terminal/pdf.ts";
import { runTerminal } from "../../../src/main/host/terminal/terminal.ts";
import { RunReader } from "../../../src/main/store/reader.ts";
import { Kept, RUN } from "../export/kept-run.ts";
import { FakeWorld } from "./fake-world.ts";

class KeptWorld extends FakeWorld {
  override async openReader(db = "") {
    return new RunReader(db);
  }
}

const chromium = findChromium();

describe("the report at the doors", () => {
  let kept: Kept;
  let folder: string;
  let world: KeptWorld;
  const db = () => join(kept.folder, "runs.db");
  const file = (name: string) => join(folder, name);
  const run = (...words: string[]) => runTerminal(["report", ...words, "--db", db()], world);

  beforeAll(() => (kept = new Kept()));
  afterAll(() => kept.close());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "beamwalk-report-test-"));
    world = new KeptWorld();
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is written as one page with the published numbers of the reference page", async () => {
    expect(await run("small", "-o", file("r.html"))).toBe(0);
    const page = readFileSync(file("r.html"), "utf8");
    expect(page.startsWith("<!doctype html>")).toBe(true);
    expect(page.endsWith("</html>\n")).toBe(true);
    expect(page.match(/https?:\/\/|<script/g)).toBeNull();
    expect(page.match(/<b>([\d,]+) of \1<\/b>/)).not.toBeNull();
    expect(world.complaints).toContain(`report of ${RUN}: ${file("r.html")}`);
  });

  it("goes to the standard output with -o -, and nothing else does", async () => {
    expect(await run(RUN, "-o", "-", "--json")).toBe(0);
    expect(world.results.startsWith("<!doctype html>")).toBe(true);
    expect(world.results.trimEnd().endsWith("</html>")).toBe(true);
  });

  it("without a Chromium says why there is no PDF, and leaves the page", async () => {
    vi.stubEnv("BEAMWALK_CHROMIUM", file("missing"));
    expect(await run(RUN, "-o", file("r.html"), "--pdf", file("r.pdf"), "--json")).toBe(1);
    expect(world.complaints).toBe(
      `No PDF: BEAMWALK_CHROMIUM names "${file("missing")}", which cannot be run. The HTML page prints well: open it in a browser and print it.\n`,
    );
    expect(JSON.parse(world.results)).toMatchObject({ files: [file("r.html")], pdf: false });
    expect(existsSync(file("r.pdf"))).toBe(false);
  });

  it.skipIf(process.platform === "win32")("says how a browser ended that made no PDF", async () => {
    writeFileSync(file("browser"), "#!/bin/sh\nexit 7\n");
    chmodSync(file("browser"), 0o755);
    expect(await printPdf("<p/>", { BEAMWALK_CHROMIUM: file("browser") })).toBe(
      `${file("browser")} made none (exit code 7)`,
    );
    expect(await printPdf("<p/>", { PATH: folder })).toMatch(/^no Chromium, Chrome or Edge was found/);
  });

  it.skipIf(chromium === null)(
    "is a PDF where there is a Chromium (skipped: none on this machine)",
    async () => {
      expect(await run(RUN, "--pdf", file("r.pdf"))).toBe(0);
      expect(readFileSync(file("r.pdf")).subarray(0, 5).toString()).toBe("%PDF-");
      expect(world.complaints).toContain(`report of ${RUN}: ${file("r.pdf")}`);
    },
    60_000,
  );

  it("is of a run or of a study, not of both and not of none", async () => {
    expect(await run()).toBe(2);
    expect(await run(RUN, "--study", "paper-a")).toBe(2);
    expect(await run("--study", "paper-a")).toBe(2);
    expect(world.complaints).toContain('study: there is no study "paper-a"');
  });

  it("says which file cannot be written", async () => {
    expect(await run(RUN, "-o", join(folder, "no", "where.html"))).toBe(2);
    expect(world.complaints).toContain("--output: ");
    expect(world.complaints).toContain("ENOENT");
  });

  it("comes from the page's door as a file to save", async () => {
    const handler = createHandler({ reader: kept.reader } as Services);
    const answer = await handler(new Request(`http://127.0.0.1/data/runs/${RUN}/report`));
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="${RUN}-report.html"`);
    const page = await answer.text();
    expect(page.endsWith("</html>\n")).toBe(true);
    const none = await handler(new Request("http://127.0.0.1/data/runs/gone/report"));
    expect(none.status).toBe(404);
  });
});
