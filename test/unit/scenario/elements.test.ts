import { describe, expect, it } from "vitest";
import { catalogueNumber, readElements } from "../../../src/main/scenario/elements.ts";
import { checksum } from "../../../src/main/scenario/tle.ts";

const LINE_1 = "1 25544U 98067A   20287.20333880  .00000123  00000-0  12345-4 0  999";
const LINE_2 = "2 25544  51.6443 225.5254 0001845 162.2516 205.2356 15.4986916421814";
const sum = (line: string) => line.slice(0, 68) + checksum(line);
const L1 = sum(LINE_1);
const L2 = sum(LINE_2);
/** The pair with another catalogue number (five characters) and epoch day. */
const pair = (id: string, day = "287.20333880") =>
  [sum(`1 ${id}${L1.slice(7, 20)}${day}${L1.slice(32)}`), sum(`2 ${id}${L2.slice(7)}`)].join("\n");
/** Line 1 or 2 with other text at a column counted from 1. */
const put = (line: string, column: number, text: string) =>
  sum(line.slice(0, column - 1) + text + line.slice(column - 1 + text.length));

const ids = (text: string, name?: string) => readElements(text, name).accepted.map((r) => r.source.id);
const reasons = (text: string) => readElements(text).rejected.map((r) => `${r.line}: ${r.reason}`);

const OMM = {
  OBJECT_NAME: "ISS (ZARYA)",
  OBJECT_ID: "1998-067A",
  EPOCH: "2020-10-13T04:52:48.472320",
  MEAN_MOTION: "15.49869164",
  ECCENTRICITY: ".0001845",
  INCLINATION: "51.6443",
  RA_OF_ASC_NODE: "225.5254",
  ARG_OF_PERICENTER: "162.2516",
  MEAN_ANOMALY: "205.2356",
  EPHEMERIS_TYPE: "0",
  NORAD_CAT_ID: "25544",
  ELEMENT_SET_NO: "999",
  BSTAR: ".12345E-4",
  MEAN_MOTION_DOT: "1.23E-6",
  MEAN_MOTION_DDOT: "0",
};
const omm = (overrides: Record<string, string> = {}): Record<string, string> => ({ ...OMM, ...overrides });
const csv = (...rows: Record<string, string>[]) =>
  [
    Object.keys(OMM).join(","),
    ...rows.map((row) =>
      Object.keys(OMM)
        .map((key) => row[key] ?? "")
        .join(","),
    ),
  ].join("\n");
const kvn = (...rows: Record<string, string>[]) =>
  rows
    .map((row) => ["CCSDS_OMM_VERS = 2.0", ...Object.entries(row).map((e) => e.join(" = "))].join("\n"))
    .join("\n\n");
const xml = (...rows: Record<string, string>[]) =>
  `<?xml version="1.0"?>\n<ndm>\n${rows
    .map(
      (row) =>
        `<omm id="CCSDS_OMM_VERS" version="2.0"><body><segment><data>\n${Object.entries(row)
          .map(([key, value]) => `<${key}>${value}</${key}>`)
          .join("\n")}\n</data></segment></body></omm>`,
    )
    .join("\n")}\n</ndm>`;

describe("TLE files", () => {
  it("are read with and without names, with and without the leading 0", () => {
    expect(readElements(`${L1}\n${L2}`)).toMatchObject({
      format: "tle",
      accepted: [{ source: { name: "25544" } }],
    });
    for (const name of ["ISS (ZARYA)", "0 ISS (ZARYA)"])
      expect(readElements(`${name}\n${L1}\n${L2}`)).toMatchObject({
        format: "3le",
        accepted: [{ source: { id: "25544", name: "ISS (ZARYA)" }, line: 2 }],
        rejected: [],
        warnings: [],
      });
  });

  it("may have a byte order mark, CRLF, blank lines, comments, small letters, and text after column 69", () => {
    const text = `\uFEFF# a comment\r\n\r\niss\r\n${L1.toLowerCase()}  trailing\r\n# more\r\n\r\n${L2}   0.0  1440.0  20.0\r\n`;
    const read = readElements(text);
    expect(read).toMatchObject({
      accepted: [{ source: { id: "25544", name: "iss", line1: L1, line2: L2 } }],
    });
    expect(read.rejected).toEqual([]);
    expect(read.warnings).toEqual([]);
  });

  it("use a record whose checksum is wrong or missing, with a warning", () => {
    const wrong = L1.slice(0, 68) + ((checksum(L1) + 1) % 10);
    const read = readElements(`${wrong}\n${L2.slice(0, 68)}`);
    expect(read.accepted).toHaveLength(1);
    expect(read.warnings.map((w) => [w.line, w.id])).toEqual([
      [1, "25544"],
      [2, "25544"],
    ]);
    expect(read.warnings[0].reason).toMatch(/checksum is \d, computed \d/);
    expect(read.warnings[1].reason).toMatch(/no checksum/);
  });

  it("decode Alpha-5 numbers: A0000 is 100000, Z9999 is 339999, I and O are no letters of it", () => {
    expect(ids([pair("A0000"), pair("Z9999"), pair("00005"), pair("j2931")].join("\n"))).toEqual([
      "100000",
      "339999",
      "5",
      "182931",
    ]);
    expect(reasons(pair("I0001"))).toEqual([expect.stringContaining("neither digits nor Alpha-5")]);
    expect(catalogueNumber("O1234")).toBeNull();
    expect(catalogueNumber("000270000")).toBe("270000");
  });

  it.each([
    ["a short line", `${L1}\n${L2.slice(0, 50)}`, "2: line is too short: 50 of 69 columns"],
    ["line 1 alone", `${L1}\nNAME\n${pair("00007")}`, "1: line 1 without line 2"],
    ["line 2 alone", `${L2}\n${pair("00007")}`, "1: line 2 without line 1"],
    [
      "two objects mixed",
      `${L1}\n${pair("00007").split("\n")[1]}`,
      "2: the lines are of different objects: 25544 and 7",
    ],
    [
      "an inclination in letters",
      `${L1}\n${put(L2, 9, " 51.6X43")}`,
      '2: inclination "51.6X43" is not a number',
    ],
    ["a BSTAR in letters", `${put(L1, 54, " 12X45-4")}\n${L2}`, '1: BSTAR "12X45-4" is not a number'],
    [
      "an inclination over 180°",
      `${L1}\n${put(L2, 9, "181.0000")}`,
      "2: inclination 181° is not in 0 … 180°",
    ],
    [
      "a mean motion of 0",
      `${L1}\n${put(L2, 53, " 0.00000000")}`,
      "2: mean motion 0 rev/day is not above 0 and at most 18",
    ],
    [
      "a mean motion inside the Earth",
      `${L1}\n${put(L2, 53, "19.00000000")}`,
      "2: mean motion 19 rev/day is not above 0 and at most 18",
    ],
    [
      "a day that no year has",
      `${put(L1, 21, "367.00000000")}\n${L2}`,
      '1: epoch "20367.00000000" is no day of a year',
    ],
    [
      "columns out of step",
      `${L1}\n${sum(`2 25544 ${L2.slice(9)} `)}`,
      expect.stringMatching(/^2: column \d+ is ".", not blank/),
    ],
    [
      "SGP4-XP elements",
      `${put(L1, 63, "4")}\n${L2}`,
      "1: ephemeris type 4 is SGP4-XP, which is another theory",
    ],
    [
      "a name without elements",
      `STRAY\nISS\n${L1}\n${L2}`,
      '1: "STRAY" is no element line, and none follows it',
    ],
  ])("reject %s with line and reason", (_, text, reason) => {
    expect(reasons(text)).toEqual([reason]);
  });

  it("keep every good record around bad ones", () => {
    const text = [pair("00001"), "garbage", "NAME", pair("00002"), L1, pair("00003"), "x".repeat(200)].join(
      "\n",
    );
    expect(ids(text)).toEqual(["1", "2", "3"]);
    expect(readElements(text).rejected.map((r) => r.line)).toEqual([3, 7, 10]);
  });

  it("keep the newest epoch of an object and list the others as superseded", () => {
    const text = [
      pair("00001", "100.00000000"),
      pair("00001", "102.00000000"),
      pair("00001", "101.00000000"),
    ].join("\n");
    const read = readElements(text);
    expect(read.accepted.map((r) => [r.line, new Date(r.epochMs).toISOString()])).toEqual([
      [3, "2020-04-11T00:00:00.000Z"],
    ]);
    expect(read.rejected).toEqual([
      { line: 1, id: "1", reason: "superseded: line 3 has a newer epoch" },
      { line: 5, id: "1", reason: "superseded: line 3 has a newer epoch" },
    ]);
  });

  it("inside JSON, in a list of line0, line1, line2, are read too", () => {
    const record = { satellite_id: "ISS", line0: "ISS", line1: L1, line2: L2, epoch: "2020-10-13" };
    const read = readElements(
      JSON.stringify({ constellation: "x", count: 2, tles: [record, { line0: "BAD" }] }, null, 2),
    );
    expect(read).toMatchObject({
      format: "3le",
      accepted: [{ source: { kind: "tle", id: "25544", name: "ISS" }, line: 5 }],
    });
    expect(read.rejected).toEqual([
      { line: 12, id: null, reason: expect.stringContaining("missing NORAD_CAT_ID") },
    ]);
  });
});

const FORMATS = [
  ["omm-csv", csv],
  ["omm-kvn", kvn],
  ["omm-xml", xml],
  ["omm-json", (...rows: Record<string, string>[]) => JSON.stringify(rows, null, 1)],
] as const;

describe.each(FORMATS)("%s", (format, write) => {
  it("is told by its content and gives the message's fields", () => {
    const read = readElements(write(omm()));
    expect(read.format).toBe(format);
    expect(read.rejected).toEqual([]);
    const [{ source, epochMs }] = read.accepted;
    expect(source).toMatchObject({
      kind: "omm",
      id: "25544",
      name: "ISS (ZARYA)",
      fields: { INCLINATION: "51.6443" },
    });
    expect(epochMs).toBeCloseTo(Date.UTC(2020, 9, 13, 4, 52, 48) + 472.32, 2);
  });

  it("takes six and nine digits and Alpha-5", () => {
    const rows = ["270001", "799500123", "A0001"].map((id) => omm({ NORAD_CAT_ID: id }));
    expect(ids(write(...rows))).toEqual(["270001", "799500123", "100001"]);
  });

  it("stands a byte order mark, CRLF and blank lines at the end", () => {
    expect(ids(`\uFEFF${write(omm())}\n\n`.replaceAll("\n", "\r\n"))).toEqual(["25544"]);
  });

  it("names missing fields and wrong values, with the line, and keeps the rest", () => {
    const { MEAN_MOTION: _, BSTAR: __, ...poor } = omm({ NORAD_CAT_ID: "1" });
    const read = readElements(
      write(
        omm(),
        poor,
        omm({ NORAD_CAT_ID: "2", ECCENTRICITY: "1.2" }),
        omm({ NORAD_CAT_ID: "3", EPOCH: "yesterday", INCLINATION: "steep" }),
        omm({ NORAD_CAT_ID: "4" }),
      ),
    );
    expect(read.accepted.map((r) => r.source.id)).toEqual(["25544", "4"]);
    expect(read.rejected.map((r) => [r.id, r.reason])).toEqual([
      ["1", "missing MEAN_MOTION, BSTAR"],
      ["2", "eccentricity 1.2 is not in 0 … below 1"],
      ["3", 'EPOCH "yesterday" is no date and time; INCLINATION "steep" is not a number'],
    ]);
    const lines = [...read.accepted, ...read.rejected].map((r) => r.line).sort((a, b) => a - b);
    expect(new Set(lines).size).toBe(5);
    const text = write(omm(), poor).split("\n");
    const [line] = read.rejected.map((r) => r.line);
    expect(text.slice(0, line - 1).join("\n")).toContain("25544");
  });
});

describe("OMM", () => {
  it("in another frame, time or theory is refused", () => {
    const row = { ...omm(), REF_FRAME: "EME2000", TIME_SYSTEM: "TAI", MEAN_ELEMENT_THEORY: "DSST" };
    expect(readElements(JSON.stringify([row])).rejected[0].reason).toBe(
      "REF_FRAME is EME2000; only TEME is read; TIME_SYSTEM is TAI; only UTC is read; MEAN_ELEMENT_THEORY is DSST; only SGP4 is read",
    );
  });

  it("in KVN may have comments, units and small letters", () => {
    const text =
      "COMMENT made today\nccsds_omm_vers = 2.0\n" +
      Object.entries(OMM)
        .map(([key, value]) => `${key.toLowerCase()}=${value}${key === "INCLINATION" ? " [deg]" : ""}`)
        .join("\n");
    expect(readElements(text)).toMatchObject({
      format: "omm-kvn",
      accepted: [{ source: { fields: { INCLINATION: "51.6443" } } }],
    });
  });

  it("in XML keeps the good messages of a broken file, and decodes names", () => {
    const text = `${xml(omm({ OBJECT_NAME: "A &amp; B" }))}<omm><EPOCH>1</WRONG></omm>\n<omm><EPOCH>2020`;
    const read = readElements(text);
    expect(read.accepted.map((r) => r.source.name)).toEqual(["A & B"]);
    expect(read.rejected.map((r) => r.reason)).toEqual([
      expect.stringMatching(/well-formed/),
      "<omm> is not closed",
    ]);
  });

  it("in XML with a document type or entities is refused", () => {
    const bomb = `<!DOCTYPE ndm [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>${xml(omm({ OBJECT_NAME: "&b;" }))}`;
    const read = readElements(bomb);
    expect(read.accepted).toEqual([]);
    expect(read.rejected).toEqual([{ line: 1, id: null, reason: expect.stringContaining("document type") }]);
  });

  it("in JSON takes numbers and texts, one object or a list, in any letters", () => {
    const numbers = { ...omm(), MEAN_MOTION: 15.5, NORAD_CAT_ID: 25544, BSTAR: 1e-7 };
    expect(ids(JSON.stringify(numbers))).toEqual(["25544"]);
    const small = Object.fromEntries(
      Object.entries(numbers).map(([key, value]) => [key.toLowerCase(), value]),
    );
    expect(ids(JSON.stringify({ data: [small] }))).toEqual(["25544"]);
  });

  it("in broken JSON says where it breaks", () => {
    const read = readElements('[{"EPOCH": "x",\n  "MEAN_MOTION": }]');
    expect(read.rejected).toEqual([
      { line: 2, id: null, reason: 'not JSON: "}]" is out of place in column 18' },
    ]);
  });

  it("in CSV keeps the rows around one with a stray quote", () => {
    const text = csv(omm(), omm({ NORAD_CAT_ID: "7", OBJECT_NAME: 'a"b' }), omm({ NORAD_CAT_ID: "8" }));
    const read = readElements(text);
    expect(read.accepted.map((r) => r.source.id)).toEqual(["25544", "8"]);
    expect(read.rejected).toHaveLength(1);
    expect(read.rejected[0].line).toBe(3);
  });
});

describe("any text", () => {
  it.each(["", "\n\n", "hello", "{}", "[]", "null", "[1, null]", "<a/>", "a,b\n1,2", "1 2", "\u0000\u0001"])(
    "such as %j is answered, not thrown at",
    (text) => expect(readElements(text).accepted).toEqual([]),
  );

  it("of 8,325 records in any notation is read in well under a second", () => {
    const rows = Array.from({ length: 8325 }, (_, i) => omm({ NORAD_CAT_ID: String(100_000 + i) }));
    const times = FORMATS.map(([format, write]) => {
      const text = write(...rows);
      const before = performance.now();
      expect(readElements(text).accepted).toHaveLength(8325);
      return [format, performance.now() - before] as const;
    });
    console.log(times.map(([format, ms]) => `${format} ${ms.toFixed(0)} ms`).join(", "));
    // generous, for a machine that is busy with other things; alone each takes a quarter of this
    for (const [, ms] of times) expect(ms).toBeLessThan(3000);
  });
});
