import type { ErrorReport, Problem } from "../../shared/errors.ts";
import { BadInput, reportError } from "../../shared/errors.ts";

/** What the page may load: its own files, WebAssembly and workers, nothing evaluated, nothing from elsewhere. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const SECURITY_HEADERS: Record<string, string> = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

export function secured(response: Response): Response {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
  return response;
}

export const refusal = (status: number, problem: Problem) =>
  Response.json(reportError(new BadInput([problem])), { status });

/** The status that goes with an error; `thing` names the fields that the address itself speaks of. */
export function failure(error: unknown, thing: readonly string[] = []): Response {
  const report: ErrorReport = reportError(error);
  return Response.json(report, { status: statusOf(report, thing) });
}

function statusOf(report: ErrorReport, thing: readonly string[]): number {
  if (report.kind === "cancelled") return 409;
  if (report.kind === "failure") return 500;
  return report.problems.every((p) => thing.includes(p.field)) ? 404 : 400;
}
