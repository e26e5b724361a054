import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { BadInput } from "../../shared/errors.ts";
import type { Handler } from "./http.ts";

export interface WebDoor {
  /** With the token; whoever opens it gets the cookie. */
  url: string;
  /** The same with a token that works one time: for a command line, which other users can read. */
  urlOnce(): string;
  port: number;
  close(): Promise<void>;
}

/** Any port: a tunnel changes it. Any other name is a foreign page that had its name pointed here. */
const OWN_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/** Opens the handler on 127.0.0.1 only. */
export async function openWebDoor(handler: Handler, wanted = 0): Promise<WebDoor> {
  const secrets: Secrets = { token: secret(), once: new Set(), session: secret(), cookie: "" };
  const server = createAdaptorServer({ fetch: guard(handler, secrets) }) as Server;
  const port = await listen(server, wanted);
  secrets.cookie = `beamwalk_${port}`;
  const address = (token: string) => `http://127.0.0.1:${port}/?token=${token}`;
  return {
    url: address(secrets.token),
    urlOnce: () => {
      const token = secret();
      secrets.once.add(token);
      return address(token);
    },
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const secret = () => randomBytes(32).toString("base64url");

interface Secrets {
  token: string;
  /** further tokens, each for one use */
  once: Set<string>;
  session: string;
  /** the cookie's name; cookies do not tell ports apart, names must */
  cookie: string;
}

/** Lets through only what the user's own browser sends from our own page. */
export function guard(handler: Handler, secrets: Secrets): Handler {
  return async (request) => {
    const { token, once, session, cookie } = secrets;
    const host = request.headers.get("host") ?? "";
    if (!OWN_HOST.test(host)) return refuse(421, "This address does not lead here.");
    const url = new URL(request.url);
    if (url.searchParams.has("token")) {
      const given = url.searchParams.getAll("token");
      if (given.length !== 1 || !(same(given[0], token) || once.delete(given[0])))
        return refuse(403, "The token is not the right one.");
      return welcome(`${cookie}=${session}; HttpOnly; SameSite=Strict; Path=/`);
    }
    if (!same(cookieOf(request, cookie), session))
      return refuse(401, "Open the address that the terminal printed, with its token.");
    if (!["GET", "HEAD", "POST"].includes(request.method)) return refuse(405, "GET, HEAD and POST only.");
    if (request.method === "POST" && request.headers.get("origin") !== `http://${host}`)
      return refuse(403, "Only our own page may ask this.");
    return handler(request);
  };
}

const refuse = (status: number, text: string) =>
  new Response(`${text}\n`, { status, headers: { ...PLAIN, "content-type": "text/plain; charset=utf-8" } });

const welcome = (cookie: string) =>
  new Response(null, { status: 302, headers: { ...PLAIN, location: "/", "set-cookie": cookie } });

const PLAIN = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Takes the same time wherever the first difference is. */
const same = (given: string, wanted: string) => timingSafeEqual(digest(given), digest(wanted));
const digest = (text: string) => createHash("sha256").update(text).digest();

function cookieOf(request: Request, name: string): string {
  const pairs = (request.headers.get("cookie") ?? "").split(";").map((pair) => pair.trim().split("="));
  return pairs.find(([key]) => key === name)?.[1] ?? "";
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(portProblem(error, port)));
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

function portProblem(error: NodeJS.ErrnoException, port: number): Error {
  const reasons: Record<string, string> = {
    EADDRINUSE: `port ${port} is in use by another program`,
    EACCES: `port ${port} may not be opened by this user`,
  };
  const reason = reasons[error.code ?? ""];
  if (!reason) return error;
  const remedy = "Choose another port, or leave --port out and a free one is taken";
  return new BadInput([{ field: "--port", reason, remedy }]);
}
