import { describe, expect, test } from "vitest";
import { summaryText } from "../../../src/main/export/summary.ts";
import { stormSummary } from "../../builders/storm.ts";
import { summaryOf } from "../../builders/summary.ts";

const lines = (text: string) => text.split("\n");
const lineWith = (text: string, part: string) => lines(text).find((line) => line.includes(part)) ?? "";

describe("the summary in the terminal", () => {
  test("puts the paper's Table 2 beside the nearest centroids, in whatever order ours came", () => {
    const text = summaryText(summaryOf({ scenario: "dahouda-2023" }));
    expect(lineWith(text, "First Cluster")).toMatch(/1\.2200\s+-114\.6600\s+1\.2229\s+-114\.6607/);
    expect(lineWith(text, "Second Cluster")).toMatch(/0\.5100\s+-116\.1800\s+0\.5134\s+-116\.1810/);
    expect(lineWith(text, "Third Cluster")).toMatch(/-0\.4600\s+-117\.6400\s+-0\.4652\s+-117\.6435/);
  });

  test("puts the paper's Tables 3 and 4 under ours, once, for the scenarios of the paper only", () => {
    const text = summaryText(summaryOf({ scenario: "dahouda-2023-49k" }));
    const forest = lines(text).findIndex((line) => line.startsWith("Random forest"));
    expect(lines(text)[forest + 1]).toMatch(/paper\s+0\.99\s+0\.0038\s+0\.9961\s+0\.9961\s+1\.00\s+1\.00$/);
    expect(text.match(/^ {2}paper/gm)).toHaveLength(5);
    expect(summaryText(summaryOf())).not.toContain("paper");
  });

  test("shows every classifier in all three tables, with ours to four places", () => {
    const text = summaryText(summaryOf());
    const bayes = lines(text).filter((line) => line.startsWith("Gaussian naive Bayes"));
    expect(bayes.map((line) => line.split(/\s{2,}/)[1])).toEqual(["0.9000", "0.8000", "0.7000"]);
    expect(text).toContain("without any geometric column, time and cluster (1 feature)");
  });

  test("names figures that a planner needs", () => {
    const text = summaryText(summaryOf());
    expect(text).toContain("62,908 UEs");
    expect(text).toContain("peak 987 per second out of cell 2 at 64 s");
    expect(text).toContain("49,000 of 50,000 had left by the predicted time, mean error 0.42 s");
    expect(text).toContain("12 UEs at the marked instant, 12.5 %");
    expect(lineWith(text, "distanceKm")).toMatch(
      /distanceKm 0\.400, latitudeDeg 0\.100, longitudeDeg 0\.050$/,
    );
  });

  test("stays within 100 columns", () => {
    const long = "A note that goes on and on. ".repeat(20);
    for (const scenario of ["dahouda-2023", "other"])
      for (const line of lines(summaryText(summaryOf({ scenario, notes: [long] }))))
        expect(line.length, line).toBeLessThanOrEqual(100);
  });

  test("leaves out what a run without clusters, handovers and lost satellites does not have", () => {
    const { handovers, predicted } = summaryOf();
    const text = summaryText(
      summaryOf({
        clusters: { k: 0, wcss: [], centroids: [] },
        classifiers: [],
        ablations: [],
        handovers: { ...handovers, total: 0 },
        predicted: { ...predicted, meanAbsoluteErrorS: null },
        notes: [],
      }),
    );
    expect(text).not.toMatch(/elbow|NaN|undefined|null|peak|mean error|Lost|\n\n\n/);
  });

  test("counts reselections beside the handovers, not among them", () => {
    const text = lines(summaryText(summaryOf()));
    expect(text).toContain("Handovers  41,234; peak 987 per second out of cell 2 at 64 s");
    expect(text).toContain(
      "           5 reselections besides, without a handover: the serving cell was no longer heard",
    );
  });

  test("puts the fewest changes of cell beside those of the run, and says what they count", () => {
    const changes = { meanPerS: 538.04, atContourPerS: 525.2, leastPerS: 265, ues: 3392 };
    const text = summaryText(summaryOf({ signalling: [stormSummary({ changes })] }));
    expect(lineWith(text, "cell changes, mean of all cells")).toMatch(/1\/s +538\.04$/);
    expect(lineWith(text, "fewest inside −3 dB contours")).toMatch(/1\/s +525\.20$/);
    expect(lineWith(text, "fewest of any strategy")).toMatch(/1\/s +265\.00$/);
    expect(text.replaceAll(/\s+/g, " ")).toContain("counted with 3,392 UEs over the whole run");
    const old = summaryText(summaryOf({ signalling: [stormSummary()] }));
    expect(lineWith(old, "fewest of any strategy")).toMatch(/none$/);
    expect(old).not.toContain("what geometry alone asks for");
  });

  test("counts handovers between the layers and at feeder-link switches where there are any", () => {
    const { handovers } = summaryOf();
    expect(summaryText(summaryOf())).not.toMatch(/ground|feeder/);
    const text = summaryText(
      summaryOf({ handovers: { ...handovers, toGround: 1200, toSatellite: 0, feeder: 7 } }),
    );
    expect(text).toContain("1,200 from satellite to ground, 0 from ground to satellite");
    expect(text).toContain("7 at feeder-link switches, to another gateway's gNB");
  });

  test("names the first lost satellites and counts the rest", () => {
    const lostSatellites = ["a", "b", "c", "d", "e"].map((id) => ({ id, reason: "decayed" }));
    expect(lineWith(summaryText(summaryOf({ lostSatellites })), "Lost")).toBe(
      "Lost       5 satellites: a (decayed), b (decayed), c (decayed) and 2 more",
    );
  });
});
