import { describe, expect, test } from "vitest";
import {
  BadInput,
  Cancelled,
  reportError,
  restoreError,
  type ErrorReport,
} from "../../../src/shared/errors.ts";

const problems = [
  { field: "users.count", reason: "is 0", remedy: "Give at least 1" },
  { field: "line 3", reason: "is no element set", remedy: "Mend or remove it" },
];
/** What a pipe or a network does to a report. */
const cross = (report: ErrorReport) => JSON.parse(JSON.stringify(report)) as ErrorReport;

describe("an error that crosses a boundary", () => {
  test("of bad input keeps every problem and says them all", () => {
    const error = restoreError(cross(reportError(new BadInput(problems))));
    expect(error).toBeInstanceOf(BadInput);
    expect((error as BadInput).problems).toEqual(problems);
    expect(error.name).toBe("BadInput");
    expect(error.message).toBe(
      "users.count: is 0. Give at least 1\nline 3: is no element set. Mend or remove it",
    );
  });

  test("of a cancellation stays one", () => {
    expect(restoreError(cross(reportError(new Cancelled())))).toBeInstanceOf(Cancelled);
    expect(reportError(new Cancelled()).kind).toBe("cancelled");
  });

  test("of a bug keeps its message and is neither", () => {
    for (const thrown of [new TypeError("x is undefined"), "x is undefined"]) {
      const report = cross(reportError(thrown));
      expect(report).toEqual({ kind: "failure", message: "x is undefined", problems: [] });
      const error = restoreError(report);
      expect(error.message).toBe("x is undefined");
      expect(error instanceof BadInput || error instanceof Cancelled).toBe(false);
    }
  });
});
