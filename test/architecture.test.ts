import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

/** The table of ARCHITECTURE.md as data: a room, and the rooms that it may import. */
const SCIENCES = ["orbit", "beam", "link", "handover", "hetnet", "learn"];
const ROOMS: Record<string, string[]> = {
  "src/shared": [],
  "src/preload": ["src/shared"],
  "src/main/paths.ts": [],
  doors: ["host", "jobs", "studies", "store", "scenario", "export", "shared", "paths"],
  host: ["jobs", "studies", "store", "scenario", "export", "shared", "paths"],
  jobs: ["simulation", "studies", "learn", "energy", "orbit", "scenario", "store", "math", "shared", "paths"],
  studies: ["simulation", "scenario", ...SCIENCES, "math", "shared"],
  scenario: ["math", "shared", "paths"],
  simulation: [...SCIENCES, "math", "shared"],
  orbit: ["math", "shared"],
  beam: ["math", "shared"],
  link: ["math", "shared"],
  handover: ["math", "shared"],
  hetnet: ["math", "shared"],
  learn: ["math", "shared"],
  energy: ["shared", "paths"],
  store: ["shared", "paths"],
  export: ["store", "math", "shared", "paths"],
  math: ["shared"],
  "src/renderer": ["session", "globe", "dock", "panels", "widgets", "shared"],
  "src/renderer/session": ["shared"],
  "src/renderer/globe": ["session", "shared"],
  "src/renderer/dock": ["session", "globe", "panels", "shared"],
  "src/renderer/panels": ["session", "globe", "widgets", "shared"],
  "src/renderer/widgets": [],
};

const root = resolve(import.meta.dirname, "..");
const DOORS = ["src/main/index.ts", "src/main/serve.ts", "src/main/cli.ts"];

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith(".d.ts") ? [path] : [];
  });
}

/** The room that a file stands in, by its key in ROOMS. */
function roomOf(file: string): string {
  if (DOORS.includes(file)) return "doors";
  if (file === "src/main/paths.ts") return file;
  const parts = file.split("/");
  if (parts[1] === "main") return parts[2];
  if (parts[1] === "renderer" && parts.length > 3) return parts.slice(0, 3).join("/");
  return parts.slice(0, 2).join("/");
}

const shortName = (room: string) => room.replace(/^src\/(main\/|renderer\/)?/, "").replace(/\.ts$/, "");

/** Files that a file imports, values and types alike, and the packages. */
function imports(file: string): { files: string[]; packages: string[] } {
  const text = readFileSync(join(root, file), "utf8");
  const names = [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^;"']*?["']([^"']+)["']/g),
    ...text.matchAll(/import\(\s*["']([^"']+)["']\s*\)/g),
  ].map((m) => m[1]);
  const files = names
    .filter((name) => name.startsWith("."))
    .map((name) => relative(root, resolve(root, dirname(file), name)));
  return {
    files: files.filter((name) => /\.tsx?$/.test(name)),
    packages: names.filter((name) => !name.startsWith(".")),
  };
}

const all = sources("src");

describe("the architecture", () => {
  it("has every source file in a room of the table", () => {
    expect(all.filter((file) => !(roomOf(file) in ROOMS))).toEqual([]);
  });

  it("imports only what the table allows", () => {
    const wrong = all.flatMap((file) => {
      const room = roomOf(file);
      const allowed = ROOMS[room] ?? [];
      return imports(file)
        .files.filter(
          (other) =>
            roomOf(other) !== room &&
            !allowed.includes(shortName(roomOf(other))) &&
            !allowed.includes(roomOf(other)),
        )
        .map((other) => `${file} imports ${other}`);
    });
    expect(wrong).toEqual([]);
  });

  it("has no circle of files", () => {
    const state = new Map<string, "open" | "done">();
    const circles: string[] = [];
    const visit = (file: string, path: string[]) => {
      if (state.get(file) === "done") return;
      if (state.get(file) === "open") {
        circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
        return;
      }
      state.set(file, "open");
      for (const next of imports(file).files) if (all.includes(next)) visit(next, [...path, file]);
      state.set(file, "done");
    };
    for (const file of all) visit(file, []);
    expect(circles).toEqual([]);
  });

  it("keeps sciences free of files, threads, clocks and databases", () => {
    const pure = all.filter((file) => [...SCIENCES, "math", "simulation"].includes(roomOf(file)));
    const wrong = pure.flatMap((file) =>
      imports(file)
        .packages.filter((name) => name.startsWith("node:") || ["better-sqlite3", "electron"].includes(name))
        .map((name) => `${file} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it("lets one file import electron, one open a socket, one room know Cesium and one the dock, one file know onnxruntime", () => {
    const importing = (test: (name: string) => boolean) =>
      all.filter((file) => file.startsWith("src/") && imports(file).packages.some(test));
    expect(importing((name) => name === "electron").filter((file) => file.startsWith("src/main"))).toEqual([
      "src/main/host/desktop.ts",
    ]);
    expect(
      importing((name) => name === "@hono/node-server" || name === "node:http" || name === "node:net"),
    ).toEqual(["src/main/host/web.ts"]);
    const outside = (room: string, name: string) =>
      importing((other) => other.startsWith(name)).filter(
        (file) => !file.startsWith(`src/renderer/${room}/`),
      );
    expect(outside("globe", "cesium")).toEqual([]);
    expect(outside("dock", "dockview")).toEqual([]);
    expect(importing((name) => name === "onnxruntime-node")).toEqual(["src/main/learn/inference.ts"]);
  });

  it("uses no random source but its own", () => {
    expect(all.filter((file) => readFileSync(join(root, file), "utf8").includes("Math.random"))).toEqual([]);
  });
});
