import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WebDoor } from "../../../src/main/host/web.ts";
import { guard, openWebDoor } from "../../../src/main/host/web.ts";

const secrets = {
  token: "t".repeat(43),
  once: new Set<string>(),
  session: "s".repeat(43),
  cookie: "beamwalk_4321",
};
const inside = guard(async (request) => new Response(`inside ${request.method}`), secrets);
const HOST = "127.0.0.1:4321";
const COOKIE = `beamwalk_4321=${secrets.session}`;

function ask(path: string, headers: Record<string, string> = {}, method = "GET") {
  return inside(new Request(`http://${HOST}${path}`, { method, headers: { host: HOST, ...headers } }));
}

const post = (origin?: string) => ask("/api/about", { cookie: COOKIE, ...(origin && { origin }) }, "POST");

describe("the guard of the browser door", () => {
  test.each([
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example:80",
    "127.0.0.2",
    "",
    "[::1]evil",
  ])("sends a request for host %j away", async (host) => {
    expect((await ask("/", { host, cookie: COOKIE })).status).toBe(421);
  });

  test.each(["localhost", "LOCALHOST:1", "127.0.0.1:65535", "[::1]:4321"])(
    "takes its own names with any port, since a tunnel changes it: %s",
    async (host) => {
      expect((await ask("/", { host, cookie: COOKIE })).status).toBe(200);
    },
  );

  test("lets nobody in without token and cookie", async () => {
    const answer = await ask("/");
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toContain("inside");
  });

  test("takes a token for one use a single time", async () => {
    secrets.once.add("o".repeat(43));
    expect((await ask(`/?token=${"o".repeat(43)}`)).status).toBe(302);
    expect((await ask(`/?token=${"o".repeat(43)}`)).status).toBe(403);
  });

  test("refuses a wrong token, an empty one and two of them, even beside the right cookie", async () => {
    for (const query of ["?token=wrong", "?token=", `?token=${secrets.token}&token=${secrets.token}`]) {
      const answer = await ask(`/${query}`, { cookie: COOKIE });
      expect(answer.status).toBe(403);
      expect(answer.headers.get("set-cookie")).toBeNull();
    }
  });

  test("changes the token for a cookie and takes it out of the address", async () => {
    const answer = await ask(`//evil.example/?token=${secrets.token}`);
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe("/");
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    const cookie = answer.headers.get("set-cookie")!;
    expect(cookie).toBe(`${COOKIE}; HttpOnly; SameSite=Strict; Path=/`);
    expect(cookie).not.toContain(secrets.token);
  });

  test("takes neither the token as a cookie nor the cookie of another port", async () => {
    expect((await ask("/", { cookie: `beamwalk_4321=${secrets.token}` })).status).toBe(401);
    expect((await ask("/", { cookie: `beamwalk_1=${secrets.session}` })).status).toBe(401);
    expect((await ask("/", { cookie: `other=1; ${COOKIE}` })).status).toBe(200);
  });

  test("takes a POST only from its own page", async () => {
    expect((await post()).status).toBe(403);
    expect((await post("null")).status).toBe(403);
    expect((await post("http://127.0.0.1:9999")).status).toBe(403);
    expect((await post(`https://${HOST}`)).status).toBe(403);
    expect(await (await post(`http://${HOST}`)).text()).toBe("inside POST");
  });

  test("knows no other methods and gives no foreign page leave to read", async () => {
    expect((await ask("/", { cookie: COOKIE }, "DELETE")).status).toBe(405);
    const preflight = await ask("/", { cookie: COOKIE, origin: "http://evil.example" }, "OPTIONS");
    expect(preflight.status).toBe(405);
    expect(preflight.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("the open browser door", () => {
  let door: WebDoor;
  beforeAll(async () => {
    door = await openWebDoor(async (request) => new Response(`inside ${new URL(request.url).pathname}`));
  });
  afterAll(() => door.close());

  test("listens on 127.0.0.1 with a token of 256 bits, and the token opens it", async () => {
    const url = new URL(door.url);
    expect(url.hostname).toBe("127.0.0.1");
    expect(Buffer.from(url.searchParams.get("token")!, "base64url")).toHaveLength(32);
    const welcome = await fetch(door.url, { redirect: "manual" });
    expect(welcome.status).toBe(302);
    const cookie = welcome.headers.get("set-cookie")!.split(";")[0];
    expect(cookie).toMatch(new RegExp(`^beamwalk_${door.port}=`));
    const page = await fetch(new URL("/x", door.url), { headers: { cookie } });
    expect(await page.text()).toBe("inside /x");
  });

  test("tells field, reason and remedy when the port is in use", async () => {
    const second = openWebDoor(async () => new Response(), door.port);
    await expect(second).rejects.toMatchObject({
      problems: [{ field: "--port", reason: `port ${door.port} is in use by another program` }],
    });
  });
});

test("a client that goes away stops what streams to it", async () => {
  let pulled = 0;
  let stopped!: () => void;
  const gone = new Promise<void>((resolve) => (stopped = resolve));
  const endless = () =>
    new ReadableStream({
      pull: async (controller) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        controller.enqueue(new TextEncoder().encode(`${pulled++}\n`));
      },
      cancel: () => stopped(),
    });
  const door = await openWebDoor(async () => new Response(endless()));
  const welcome = await fetch(door.url, { redirect: "manual" });
  const abort = new AbortController();
  const headers = { cookie: welcome.headers.get("set-cookie")!.split(";")[0] };
  const answer = await fetch(new URL("/stream", door.url), { headers, signal: abort.signal });
  await answer.body!.getReader().read();
  abort.abort();
  await gone;
  await door.close();
  expect(pulled).toBeGreaterThan(0);
});
