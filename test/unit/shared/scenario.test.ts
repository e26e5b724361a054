import { describe, expect, it } from "vitest";
import { z } from "zod";
import { operations } from "../../../src/shared/operations.ts";
import { scenarioSchema } from "../../../src/shared/scenario.ts";
import { scenarioOf } from "../../builders/scenario.ts";

describe("a scenario", () => {
  it("once checked, is checked to itself: defaults are filled in once", () => {
    const scenario = scenarioOf();
    expect(scenarioSchema.parse(JSON.parse(JSON.stringify(scenario)))).toEqual(scenario);
  });

  it("has a unit and a description at every number", () => {
    const numbers: string[] = [];
    const visit = (node: unknown, path: string) => {
      if (typeof node !== "object" || node === null) return;
      const { type, unit, description, const: fixed } = node as Record<string, unknown>;
      if ((type === "number" || type === "integer") && fixed === undefined) {
        numbers.push(path);
        expect(typeof unit, path).toBe("string");
        expect(String(description).length, path).toBeGreaterThan(4);
      }
      for (const [key, child] of Object.entries(node)) visit(child, `${path}/${key}`);
    };
    visit(z.toJSONSchema(scenarioSchema, { io: "input" }), "");
    expect(numbers.length).toBeGreaterThan(40);
  });
});

describe("an operation", () => {
  it("takes and gives only what JSON can carry", () => {
    for (const { input, output } of Object.values(operations))
      for (const schema of [input, output])
        expect(() => z.toJSONSchema(schema, { io: "input" })).not.toThrow();
  });
});
