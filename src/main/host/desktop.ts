import { join } from "node:path";
import type { MenuItemConstructorOptions, Session, WebContents } from "electron";
import { app, BrowserWindow, dialog, Menu, protocol, session, utilityProcess } from "electron";
import type { StartEngine } from "../jobs/client.ts";
import { rootFolder } from "../paths.ts";
import { createHandler } from "./http.ts";
import { openServices } from "./services.ts";

const SCHEME = "app";
const ORIGIN = `${SCHEME}://beamwalk`;

/** The desktop door: one window on the page, fed by the handler through `app://`; no socket is opened. */
export function startDesktop() {
  if (!app.requestSingleInstanceLock()) return app.quit();
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
  app.on("web-contents-created", (_, contents) => confine(contents));
  app.on("second-instance", (_, args) => showWindow(runOf(args)));
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });
  void app.whenReady().then(open).catch(giveUp);
}

function open() {
  const { services, close } = openServices("desktop", startEngine, optionOf(process.argv, "db"));
  protocol.handle(SCHEME, ownOriginOnly(createHandler(services)));
  denyPermissions(session.defaultSession);
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu()));
  closeBeforeQuit(close);
  createWindow(runOf(process.argv));
  app.on("activate", () => showWindow());
}

/** A database of another program or a newer version: say so instead of an empty screen. */
function giveUp(error: unknown) {
  dialog.showErrorBox("Beamwalk cannot start", error instanceof Error ? error.message : String(error));
  app.exit(1);
}

function ownOriginOnly(handler: (request: Request) => Promise<Response>) {
  return async (request: Request) =>
    isOwn(request.url) ? handler(request) : new Response("There is only one host here.\n", { status: 404 });
}

function createWindow(run?: string) {
  const window = new BrowserWindow({
    title: "Beamwalk",
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    backgroundColor: "#0b0f14",
    webPreferences: {
      preload: join(rootFolder, "out", "preload", "index.cjs"),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once("ready-to-show", () => window.show());
  void window.loadURL(pageUrl(run));
}

function showWindow(run?: string) {
  const [window] = BrowserWindow.getAllWindows();
  if (!window) return createWindow(run);
  if (run) void window.loadURL(pageUrl(run));
  if (window.isMinimized()) window.restore();
  window.focus();
}

/** The page stays on its own origin, in its own window, and asks for no rights. */
function confine(contents: WebContents) {
  contents.on("will-navigate", (event) => {
    if (!isOwn(event.url)) event.preventDefault();
  });
  contents.on("will-redirect", (event) => {
    if (!isOwn(event.url)) event.preventDefault();
  });
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}

function denyPermissions(ours: Session) {
  ours.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  ours.setPermissionCheckHandler(() => false);
  ours.setDevicePermissionHandler(() => false);
}

/** The engine writes its last block before the program goes. */
function closeBeforeQuit(close: () => Promise<void>) {
  let closed = false;
  app.on("before-quit", (event) => {
    if (closed) return;
    event.preventDefault();
    void close()
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        closed = true;
        app.quit();
      });
  });
}

const startEngine: StartEngine = () => {
  const child = utilityProcess.fork(join(rootFolder, "out", "main", "engine.js"), [], {
    serviceName: "Beamwalk engine",
    stdio: "inherit",
  });
  return {
    send: child.postMessage.bind(child),
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => void child.on("exit", (code) => listener(code, null)),
    kill: () => void child.kill(),
  };
};

const isOwn = (url: string) => URL.canParse(url) && originOf(new URL(url)) === ORIGIN;
/** `URL.origin` is "null" for schemes that Node does not know. */
const originOf = (url: URL) => `${url.protocol}//${url.host}`;

const pageUrl = (run?: string) => `${ORIGIN}/${run ? `#run=${encodeURIComponent(run)}` : ""}`;
const runOf = (args: string[]) => optionOf(args, "run");
const optionOf = (args: string[], name: string) =>
  args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);

/** The standard menus without Help, which leads to the network. */
function menu(): MenuItemConstructorOptions[] {
  const own: MenuItemConstructorOptions[] = process.platform === "darwin" ? [{ role: "appMenu" }] : [];
  return [...own, { role: "fileMenu" }, { role: "editMenu" }, { role: "viewMenu" }, { role: "windowMenu" }];
}
