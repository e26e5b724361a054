import { EventEmitter } from "node:events";
import { beforeEach, describe, expect, test, vi } from "vitest";

/** A stand-in for the `electron` module that records what was asked of it. */
const electron = vi.hoisted(() => ({
  asked: [] as [string, ...unknown[]][],
  handlers: {} as Record<string, Function>,
  child: null as object | null,
}));

vi.mock("electron", async () => {
  const { EventEmitter: Emitter } = await import("node:events");
  const { asked, handlers } = electron;
  const record =
    (name: string, answer?: unknown) =>
    (...args: unknown[]) => {
      asked.push([name, ...args]);
      return answer;
    };
  const app = Object.assign(new Emitter(), {
    requestSingleInstanceLock: () => true,
    enableSandbox: record("enableSandbox"),
    whenReady: () => Promise.resolve(),
    quit: record("quit"),
    exit: record("exit"),
  });
  class BrowserWindow extends Emitter {
    static windows: BrowserWindow[] = [];
    static getAllWindows = () => BrowserWindow.windows;
    isMinimized = () => true;
    restore = record("restore");
    focus = record("focus");
    show = record("show");
    loadURL = (url: string) => (record("loadURL")(url), Promise.resolve());
    constructor(options: unknown) {
      super();
      record("BrowserWindow")(options);
      BrowserWindow.windows.push(this);
    }
  }
  return {
    app,
    BrowserWindow,
    dialog: { showErrorBox: record("showErrorBox") },
    Menu: { buildFromTemplate: (t: unknown) => t, setApplicationMenu: record("menu") },
    protocol: {
      registerSchemesAsPrivileged: record("privileged"),
      handle: (scheme: string, handler: Function) => {
        record("handle")(scheme);
        handlers.protocol = handler;
      },
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (f: Function) => (handlers.permission = f),
        setPermissionCheckHandler: (f: Function) => (handlers.permissionCheck = f),
        setDevicePermissionHandler: (f: Function) => (handlers.device = f),
      },
    },
    utilityProcess: {
      fork: (path: string, args: string[], options: unknown) => {
        record("utilityProcess.fork")(path, args, options);
        return (
          electron.child ??
          Object.assign(new Emitter(), {
            postMessage: record("postMessage"),
            kill: record("kill", true),
          })
        );
      },
    },
  };
});

const services = vi.hoisted(() => ({ start: null as unknown, closed: 0, fail: null as Error | null }));
vi.mock("../../../src/main/host/services.ts", () => ({
  openServices: (_door: string, startEngine: unknown) => {
    if (services.fail) throw services.fail;
    services.start = startEngine;
    return { services: {}, close: async () => void services.closed++ };
  },
}));
vi.mock("../../../src/main/host/http.ts", () => ({
  createHandler: () => async (request: Request) => new Response(`handled ${new URL(request.url).pathname}`),
}));

const { app, BrowserWindow } = (await import("electron")) as unknown as {
  app: EventEmitter & { requestSingleInstanceLock(): boolean };
  BrowserWindow: { windows: EventEmitter[] };
};
const { startDesktop } = await import("../../../src/main/host/desktop.ts");

const asked = (name: string) => electron.asked.filter(([what]) => what === name).map(([, ...args]) => args);
const event = (url = "") => ({ url, preventDefault: vi.fn() });

async function start() {
  startDesktop();
  await new Promise((resolve) => setImmediate(resolve));
}

beforeEach(() => {
  electron.asked.length = 0;
  BrowserWindow.windows.length = 0;
  app.removeAllListeners();
  Object.assign(services, { start: null, closed: 0, fail: null });
});

describe("the desktop door", () => {
  test("registers app:// as a standard, secure scheme with fetch and streams, before the window", async () => {
    await start();
    const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true };
    expect(asked("privileged")).toEqual([[[{ scheme: "app", privileges }]]]);
    const order = electron.asked.map(([name]) => name);
    expect(order.indexOf("privileged")).toBeLessThan(order.indexOf("handle"));
    expect(order.indexOf("handle")).toBeLessThan(order.indexOf("loadURL"));
    expect(asked("loadURL")).toEqual([["app://beamwalk/"]]);
  });

  test("opens a sandboxed, isolated window without Node", async () => {
    await start();
    expect(asked("enableSandbox")).toHaveLength(1);
    const [[{ webPreferences }]] = asked("BrowserWindow") as [[{ webPreferences: Record<string, unknown> }]];
    expect(webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    });
    expect(webPreferences.preload).toMatch(/out[/\\]preload[/\\]index\.cjs$/);
    expect(webPreferences).not.toHaveProperty("webSecurity");
  });

  test("answers requests of its own host only", async () => {
    await start();
    const answer = await electron.handlers.protocol(new Request("app://beamwalk/index.html"));
    expect(await answer.text()).toBe("handled /index.html");
    expect((await electron.handlers.protocol(new Request("app://elsewhere/index.html"))).status).toBe(404);
  });

  test("denies navigation elsewhere, redirects, new windows, web views and permissions", async () => {
    await start();
    const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: vi.fn() });
    app.emit("web-contents-created", {}, contents);
    for (const name of ["will-navigate", "will-redirect"]) {
      const away = [
        "https://example.com/",
        "app://other/",
        "file:///etc/passwd",
        "javascript:1",
        "app://beamwalk.evil/",
      ];
      for (const url of away) {
        const leaving = event(url);
        contents.emit(name, leaving);
        expect(leaving.preventDefault, url).toHaveBeenCalledOnce();
      }
      const staying = event("app://beamwalk/#run=a");
      contents.emit(name, staying);
      expect(staying.preventDefault).not.toHaveBeenCalled();
    }
    const webview = event();
    contents.emit("will-attach-webview", webview);
    expect(webview.preventDefault).toHaveBeenCalledOnce();
    expect(contents.setWindowOpenHandler.mock.calls[0][0]({ url: "https://example.com" })).toEqual({
      action: "deny",
    });

    const answer = vi.fn();
    electron.handlers.permission({}, "geolocation", answer);
    expect(answer).toHaveBeenCalledExactlyOnceWith(false);
    expect(electron.handlers.permissionCheck()).toBe(false);
    expect(electron.handlers.device()).toBe(false);
  });

  test("runs the engine in a utility process and passes its messages both ways", async () => {
    await start();
    const engine = (services.start as Function)();
    const [[path]] = asked("utilityProcess.fork");
    expect(path).toMatch(/out[/\\]main[/\\]engine\.js$/);
    engine.send({ kind: "cancel" });
    expect(asked("postMessage")).toEqual([[{ kind: "cancel" }]]);
    engine.kill();
    expect(asked("kill")).toHaveLength(1);
  });

  test("hears the engine's messages and its end", async () => {
    await start();
    const emitter = new EventEmitter();
    electron.child = Object.assign(emitter, { postMessage: vi.fn() });
    const engine = (services.start as Function)();
    const heard: unknown[] = [];
    engine.onMessage((message: unknown) => heard.push(message));
    engine.onExit((...end: unknown[]) => heard.push(end));
    emitter.emit("message", { kind: "run" });
    emitter.emit("exit", 137);
    expect(heard).toEqual([{ kind: "run" }, [137, null]]);
    electron.child = null;
  });

  test("is one program: a second start shows the window that is there, on the run it names", async () => {
    await start();
    app.emit("second-instance", {}, ["beamwalk", "--run=abc def"]);
    expect(asked("BrowserWindow")).toHaveLength(1);
    expect(asked("loadURL").at(-1)).toEqual(["app://beamwalk/#run=abc%20def"]);
    expect(asked("focus")).toHaveLength(1);

    electron.asked.length = 0;
    app.requestSingleInstanceLock = () => false;
    await start();
    app.requestSingleInstanceLock = () => true;
    expect(electron.asked).toEqual([["quit"]]);
  });

  test("opens a new window on activate when none is left", async () => {
    await start();
    app.emit("activate");
    expect(asked("BrowserWindow")).toHaveLength(1);
    BrowserWindow.windows.length = 0;
    app.emit("activate");
    expect(asked("BrowserWindow")).toHaveLength(2);
  });

  test("quits with the last window, except on macOS", async () => {
    const platform = vi.spyOn(process, "platform", "get");
    await start();
    platform.mockReturnValue("darwin");
    app.emit("window-all-closed");
    expect(asked("quit")).toHaveLength(0);
    platform.mockReturnValue("linux");
    app.emit("window-all-closed");
    expect(asked("quit")).toHaveLength(1);
    platform.mockRestore();
  });

  test("waits for the engine to close before it quits", async () => {
    await start();
    const first = event();
    app.emit("before-quit", first);
    expect(first.preventDefault).toHaveBeenCalledOnce();
    await vi.waitFor(() => expect(asked("quit")).toHaveLength(1));
    expect(services.closed).toBe(1);
    const second = event();
    app.emit("before-quit", second);
    expect(second.preventDefault).not.toHaveBeenCalled();
  });

  test("says why it cannot start and goes", async () => {
    services.fail = new Error("the database is of a newer version");
    await start();
    await vi.waitFor(() => expect(asked("exit")).toEqual([[1]]));
    expect(asked("showErrorBox")[0]).toContain("the database is of a newer version");
  });
});
