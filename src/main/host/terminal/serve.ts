import { spawn } from "node:child_process";
import { Arguments } from "./arguments.ts";
import type { World } from "./world.ts";

export interface ServeOptions {
  port?: string;
  db?: string;
  run?: string;
  open: boolean;
  json?: boolean;
}

/** Keeps the browser door open until it is interrupted. */
export async function serve(world: World, options: ServeOptions): Promise<number> {
  const given = new Arguments();
  const port = given.whole("--port", options.port, 0, 65_535);
  given.check();
  const [{ createHandler }, { openServices }, { openWebDoor }, { forkEngine }] = await Promise.all([
    import("../http.ts"),
    import("../services.ts"),
    import("../web.ts"),
    import("../../jobs/fork.ts"),
  ]);
  const { services, close } = openServices("browser", forkEngine(), options.db);
  try {
    const run = options.run === undefined ? "" : `#run=${services.reader.run(options.run).run}`;
    const door = await openWebDoor(createHandler(services), port);
    const url = door.url + run;
    const stopped = new Promise<void>((resolve) => void world.onInterrupt(resolve));
    world.out(options.json ? JSON.stringify({ url, port: door.port }) : `Beamwalk is at ${url}`);
    world.err("Ctrl+C ends it.");
    if (options.open) openBrowser(door.urlOnce() + run);
    await stopped;
    await door.close();
    return 0;
  } finally {
    await close();
  }
}

/** Shows the address in the user's browser where there is a display; the printed address does otherwise. */
function openBrowser(url: string) {
  const opener = browserOpener();
  if (!opener) return;
  const [command, ...args] = opener;
  const child = spawn(command, [...args, url], { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}

function browserOpener(): string[] | null {
  if (process.platform === "darwin") return ["open"];
  if (process.platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler"];
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? ["xdg-open"] : null;
}
