/** What is wrong with one piece of input: which field (or line), why, and what to do about it. */
export interface Problem {
  field: string;
  reason: string;
  remedy: string;
}

/** Expected failure: the input is wrong. Carries every problem found, not only the first. */
export class BadInput extends Error {
  readonly problems: Problem[];
  constructor(problems: Problem[]) {
    super(problems.map((p) => `${p.field}: ${p.reason}. ${p.remedy}`).join("\n"));
    this.name = "BadInput";
    this.problems = problems;
  }
}

/** Somebody asked for the work to stop. Never reported as a failure. */
export class Cancelled extends Error {
  constructor() {
    super("cancelled");
    this.name = "Cancelled";
  }
}

/** An error as it crosses a process or network boundary. */
export interface ErrorReport {
  kind: "bad-input" | "cancelled" | "failure";
  message: string;
  problems: Problem[];
}

export function reportError(error: unknown): ErrorReport {
  if (error instanceof BadInput)
    return { kind: "bad-input", message: error.message, problems: error.problems };
  if (error instanceof Cancelled) return { kind: "cancelled", message: error.message, problems: [] };
  const message = error instanceof Error ? error.message : String(error);
  return { kind: "failure", message, problems: [] };
}

export function restoreError(report: ErrorReport): Error {
  if (report.kind === "bad-input") return new BadInput(report.problems);
  if (report.kind === "cancelled") return new Cancelled();
  return new Error(report.message);
}
