import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { JobEvent } from "../../shared/run.ts";
import { BadInput, reportError } from "../../shared/errors.ts";
import { failure, refusal, secured } from "./answers.ts";
import { dataAnswer, exportAnswer, isData, reportAnswer } from "./data.ts";
import { pageFile } from "./files.ts";
import { isOperation, perform } from "./operations.ts";
import type { Services } from "./services.ts";
import { streamOf } from "./stream.ts";

export type Handler = (request: Request) => Promise<Response>;

/** Room for the largest element file of the contract and its JSON quoting. */
const MAX_BODY_BYTES = 80_000_000;

/** The program as one function from request to answer; both doors hand it their requests. */
export function createHandler(services: Services): Handler {
  const app = new Hono();
  const { reader } = services;

  app.post("/api/:operation", bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge }), async (c) => {
    const name = c.req.param("operation");
    if (!isOperation(name)) return unknown("operation", name);
    const answer = perform(services, name, await jsonBody(c.req.raw));
    return Response.json(answer, { headers: { "cache-control": "no-store" } });
  });
  app.get("/data/runs/:run/export", (c) =>
    exportAnswer(reader, c.req.param("run"), c.req.query(), c.req.raw.signal),
  );
  app.get("/data/runs/:run/report", (c) => reportAnswer(reader, c.req.param("run")));
  app.get("/data/runs/:run/:what", (c) => {
    const { run, what } = c.req.param();
    return isData(what) ? dataAnswer(reader, run, what, c.req.query()) : unknown("data", what);
  });
  app.get("/jobs/:job/events", (c) => eventsAnswer(services, c.req.param("job"), c.req.raw.signal));
  app.get("*", (c) => pageFile(services.pageFolder, c.req.url));
  app.notFound((c) => unknown("address", new URL(c.req.url).pathname));
  app.onError((error, c) => {
    const report = failure(error, c.req.method === "GET" ? ["run"] : []);
    if (report.status === 500) console.error(error);
    return report;
  });
  return async (request) => secured(await app.fetch(request));
}

const unknown = (field: string, name: string) =>
  refusal(404, { field, reason: `there is no ${field} "${name}"`, remedy: "See the contract in src/shared" });

const tooLarge = () =>
  refusal(413, {
    field: "body",
    reason: `larger than ${MAX_BODY_BYTES / 1e6} MB`,
    remedy: "Split the file or use the terminal",
  });

async function jsonBody(request: Request): Promise<unknown> {
  const text = await request.text();
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = `is not JSON: ${(error as Error).message}`;
    throw new BadInput([{ field: "body", reason, remedy: "Send the input as JSON" }]);
  }
}

/** A job's events as JSON lines; when the reader goes, so does the subscription. */
async function eventsAnswer({ jobs }: Services, job: string, gone: AbortSignal): Promise<Response> {
  if (!jobs.has(job)) return unknown("job", job);
  const abort = new AbortController();
  const events = jobs.events(job, abort.signal)[Symbol.asyncIterator]();
  const stop = () => {
    abort.abort();
    void events.return?.(undefined);
  };
  gone.addEventListener("abort", stop, { once: true });
  const lastWords = (error: unknown) =>
    line({ kind: "error", job, run: null, error: reportError(error) } satisfies JobEvent);
  return new Response(await streamOf(events, line, { onCancel: stop, lastWords }), {
    headers: { "content-type": "application/jsonl; charset=utf-8", "cache-control": "no-store" },
  });
}

const encoder = new TextEncoder();
const line = (event: JobEvent) => encoder.encode(`${JSON.stringify(event)}\n`);
