import { expect, it } from "vitest";
import { z } from "zod";
import { issueReason, valueAt } from "../../../src/shared/issues.ts";

it("tells what is wrong with a value in plain words", () => {
  const schema = z.strictObject({
    count: z.int().min(0),
    ratio: z.number().max(1),
    names: z.array(z.string()).min(2),
    title: z.string().max(3),
    code: z.string().regex(/^a/),
    kind: z.enum(["one", "two"]),
    there: z.string(),
  });
  const data = { count: -5, ratio: 1.5, names: [1], title: "abcd", code: "b", kind: "three", more: 1 };
  const { issues } = schema.safeParse(data).error!;
  const reasons = issues.map((issue) => [
    issue.path.join("."),
    issueReason(issue, valueAt(data, issue.path), issue.path[0] === "count" ? "byte" : ""),
  ]);
  expect(Object.fromEntries(reasons)).toEqual({
    count: "-5 byte is below 0 byte",
    ratio: "1.5 is above 1",
    names: "[1] has fewer than 2 entries",
    "names.0": "1 is not a text",
    title: '"abcd" has more than 3 characters',
    code: '"b" does not have the right form',
    kind: '"three" is not one of the values allowed',
    there: "missing",
    "": "has the unknown field more",
  });
});
