import { expect, it } from "vitest";
import { referenceTables } from "../../src/main/host/terminal/reference.ts";
import { checkReference } from "../../src/main/studies/reference.ts";

const report = checkReference(referenceTables());

it("every published number of resources/reference is met within the tolerance of its source", () => {
  const missed = report.rows.filter((row) => !row.pass);
  expect(missed.map((row) => `${row.quantity}: ${row.published} published, ${row.ours} ours`)).toEqual([]);
  expect(report.pass).toBe(true);
});

it.each(report.groups.map((group) => [group.group, group.total] as const))("%s: %i rows", (_, total) => {
  expect(total).toBeGreaterThan(3);
});

it("covers orbits, frames, ranges, antennas, every propagation effect and link budgets with 150 rows and more", () => {
  const groups = report.groups.map(({ group }) => group);
  for (const wanted of [
    "SGP4",
    "Frames",
    "Slant range",
    "Free-space loss",
    "Delay",
    "Doppler",
    "Beamwidth",
    "UV spacing",
    "Antenna pattern",
    "Gas",
    "Rain",
    "Cloud",
    "Scintillation",
    "Line of sight",
    "Shadow fading and clutter",
    "Building entry",
    "Link budget",
    "End-to-end path loss",
  ])
    expect(groups).toContain(wanted);
  expect(report.total).toBeGreaterThanOrEqual(150);
});

it("gives a source with a clause or file for every row, and a label", () => {
  for (const row of report.rows) {
    expect(row.source.length).toBeGreaterThan(10);
    expect(["SRC", "SRC-2nd", "DERIVED", "OWN"]).toContain(row.label);
    expect(row.tolerance).toBeGreaterThan(0);
  }
});

it("meets SGP4, P.676, P.838 and P.618 rows far inside the tolerance asked for", () => {
  const worst = (group: string, limit: number) => {
    const rows = report.rows.filter((row) => row.group === group);
    const errors = rows.map(
      (row) => Math.abs(row.ours - row.published) / (row.relative ? Math.abs(row.published) : 1),
    );
    expect(Math.max(...errors)).toBeLessThan(limit);
  };
  worst("SGP4", 2e-7);
  worst("Rain", 1e-5);
});
