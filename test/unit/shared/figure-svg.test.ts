import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contrast, INKS } from "../../../src/shared/figure-ink.ts";
import { domainOf, scaleOf } from "../../../src/shared/figure-scale.ts";
import { figureCsv, figureSvg, tableCsv } from "../../../src/shared/figure-svg.ts";
import { widthOf, wrap } from "../../../src/shared/figure-text.ts";
import type { Figure } from "../../../src/shared/study.ts";

const KINDS = ["line", "points", "bars", "steps", "track", "matrix"] as const;
const plain = (change: Partial<Figure>): Figure => ({
  id: "1",
  of: null,
  title: "Loss by epoch",
  kind: "line",
  x: { title: "epoch", unit: "1" },
  y: { title: "loss", unit: "dB" },
  series: [{ name: "LSTM", x: [0, 1, 2], y: [3, 1, 2] }],
  note: "",
  ...change,
});
const room = { width: 480, height: 320, theme: "dark" } as const;
const draw = (change: Partial<Figure>) => figureSvg(plain(change), room);
const dataOf = (svg: string) => /<g class="data">(.*?)<\/g>/s.exec(svg)![1];
const count = (text: string, what: RegExp) => text.match(what)?.length ?? 0;

/** Every place that the drawing of the data names, px. */
function placesIn(drawing: string): [number, number][] {
  const data = drawing.replaceAll(/>[^<]+</g, "><");
  const places: [number, number][] = [];
  for (const [, x, y] of data.matchAll(/cx="([^"]*)" cy="([^"]*)"/g)) places.push([Number(x), Number(y)]);
  for (const [, points] of data.matchAll(/points="([^"]*)"/g))
    for (const pair of points.split(" ")) places.push(pair.split(",").map(Number) as [number, number]);
  for (const [, x, y, w, h] of data.matchAll(
    /<rect x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"/g,
  ))
    places.push([Number(x), Number(y)], [Number(x) + Number(w), Number(y) + Number(h)]);
  for (const [, x, y] of data.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)) places.push([Number(x), Number(y)]);
  return places;
}

/** Left, top, right, bottom of the frame's line. */
function frameIn(svg: string): { left: number; top: number; right: number; bottom: number } {
  const [, left, top, bottom, right] = /d="M([\d.]+) ([\d.]+)V([\d.]+)H([\d.]+)/.exec(
    svg.slice(svg.indexOf('fill="none"/><path') + 10),
  )!;
  return { left: Number(left), top: Number(top), right: Number(right), bottom: Number(bottom) };
}

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ noNaN: true, min: -1000, max: 1000 }),
  fc.integer({ min: -5, max: 5 }),
);
const axis = fc.record({ title: fc.string(), unit: fc.constantFrom("1", "s", "dB"), log: fc.boolean() });
const seriesOf = (kind: Figure["kind"]) =>
  fc
    .array(fc.tuple(kind === "bars" ? fc.nat(12) : number, fc.option(number), fc.option(number)), {
      maxLength: 12,
    })
    .chain((rows) =>
      fc.record({
        name: fc.string({ maxLength: 60 }),
        x: fc.constant(rows.map(([x]) => x)),
        y: fc.constant(rows.map(([, y]) => y)),
        spread: fc.constantFrom(
          undefined,
          rows.map(([, , s]) => s && Math.abs(s)),
        ),
        paper: fc.constantFrom(
          undefined,
          rows.map(([, , s]) => s),
        ),
        right: fc.boolean(),
      }),
    );
const anyFigure: fc.Arbitrary<Figure> = fc.constantFrom(...KINDS).chain((kind) =>
  fc.record(
    {
      id: fc.string(),
      of: fc.constant(null),
      title: fc.string({ maxLength: 200 }),
      kind: fc.constant(kind),
      x: axis,
      y: axis,
      right: axis,
      categories: fc.array(fc.string({ maxLength: 50 }), { minLength: 1, maxLength: 14 }),
      series: fc.array(seriesOf(kind), { maxLength: 10 }),
      marks: fc.array(
        fc.record({ axis: fc.constantFrom("x", "y"), at: number, label: fc.string({ maxLength: 80 }) }),
        { maxLength: 4 },
      ),
      note: fc.string({ maxLength: 300 }),
    },
    { requiredKeys: ["id", "of", "title", "kind", "x", "y", "series", "note"] },
  ),
);

describe("the picture of a figure", () => {
  it("holds no number that is none and stays inside its frame, whatever the figure", () => {
    fc.assert(
      fc.property(anyFigure, fc.integer({ min: 240, max: 1200 }), (figure, width) => {
        const svg = figureSvg(figure, { width, height: width * 0.6, theme: "light" });
        expect(svg).not.toMatch(/NaN|Infinity|undefined/);
        const frame = frameIn(svg);
        // a mark on the frame's line reaches over it by its own size
        const over = 13;
        for (const [x, y] of placesIn(dataOf(svg))) {
          expect(x).toBeGreaterThan(frame.left - over);
          expect(x).toBeLessThan(frame.right + over);
          expect(y).toBeGreaterThan(frame.top - over);
          expect(y).toBeLessThan(frame.bottom + over);
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each(KINDS)("marks every point of %s, and says each one's value", (kind) => {
    const names = ["a", "b", "c", "d", "e"];
    const xs = names.map((_, i) => i);
    const svg = draw({
      kind,
      categories: kind === "bars" || kind === "matrix" ? names : undefined,
      series: [
        { name: "one", x: xs, y: [5, 3, 4, 1, 2] },
        { name: "two", x: xs, y: [1, 2, 3, 4, 6] },
      ],
    });
    expect(count(dataOf(svg), /<title>/g)).toBe(10);
    for (const said of ["one", "two"])
      expect(count(dataOf(svg), new RegExp(`<title>[^<]*${said}`, "g"))).toBe(5);
    expect(svg).toContain("6 dB".slice(0, kind === "matrix" ? 1 : 4));
  });

  it("is the same text every time", () => {
    expect(draw({ kind: "points" })).toBe(draw({ kind: "points" }));
  });

  it("leaves a gap where a value is missing, and a bar says that there is none", () => {
    const series = [{ name: "m", x: [0, 1, 2, 3, 4], y: [1, 2, null, 2, 1] }];
    expect(count(dataOf(draw({ series })), /<path d="M[^"]*L/g)).toBe(2);
    const bars = dataOf(draw({ kind: "bars", series }));
    expect(count(bars, /<rect/g)).toBe(4);
    expect(bars).toContain("loss none");
  });

  it("escapes what it is given", () => {
    const nasty = `<script>alert("1")</script> & 'x' \u0000\u0007`;
    const svg = draw({
      title: nasty,
      note: nasty,
      x: { title: nasty, unit: nasty },
      series: [{ name: nasty, x: [1], y: [1], spread: [1], paper: [2] }],
      marks: [
        { axis: "x", at: 1, label: nasty },
        { axis: "y", at: 1, label: nasty },
      ],
    });
    for (const gone of ["<script", "\u0000", "\u0007"]) expect(svg).not.toContain(gone);
    expect(svg.replaceAll(/&#\d+;/g, "")).not.toContain("&");
    expect(count(svg, /</g)).toBe(count(svg, />/g));
  });

  it("has in the legend every series, the interval and the paper, in full", () => {
    const names = Array.from({ length: 11 }, (_, i) => `a model of quite some length with the number ${i}`);
    const svg = draw({
      series: names.map((name, i) => ({
        name,
        x: [0, 1],
        y: [i, i + 1],
        spread: i === 0 ? [0.5, 0.5] : undefined,
        paper: i === 1 ? [1, null] : undefined,
      })),
    });
    const words = svg
      .replace(dataOf(svg), "")
      .replaceAll(/<[^>]*>/g, " ")
      .replaceAll(/\s+/g, " ");
    for (const name of [...names, "± 95 % confidence interval", "paper"]) expect(words).toContain(name);
  });

  it("names the spread as the figure does", () => {
    const series = [{ name: "m", x: [0, 1], y: [1, 2], spread: [1, 1] }];
    expect(draw({ series, title: "Loss, mean and standard deviation" })).toContain("± standard deviation<");
  });

  it("tells ten series apart by mark and dash as well as by colour", () => {
    const series = Array.from({ length: 10 }, (_, i) => ({ name: String(i), x: [0, 1], y: [i, i] }));
    const paths = [...dataOf(draw({ series })).matchAll(/<path d="[^"]*" (stroke=[^>]*)\/>/g)].map(
      ([, look]) => look,
    );
    expect(new Set(paths).size).toBe(10);
  });

  it("leaves out of a log axis what cannot stand on it", () => {
    const svg = draw({
      y: { title: "energy", unit: "J", log: true },
      series: [{ name: "m", x: [0, 1, 2], y: [0, 10, 1000] }],
    });
    expect(count(dataOf(svg), /<title>/g)).toBe(2);
    expect(svg).toContain("energy, J (log)");
    expect(svg).toContain(">100<");
  });

  it("draws a track to equal scale", () => {
    const svg = draw({ kind: "track", series: [{ name: "way", x: [0, 300, 300], y: [0, 0, 100] }] });
    const [[ax, ay], [bx, by], [cx, cy]] = [...dataOf(svg).matchAll(/cx="([\d.]+)" cy="([\d.]+)"/g)].map(
      (m) => [Number(m[1]), Number(m[2])],
    );
    expect([by - ay, cx - bx]).toEqual([0, 0]);
    expect((bx - ax) / (by - cy)).toBeCloseTo(3, 1);
  });

  it("keeps every text inside the picture, long or short, whatever the width", () => {
    for (const width of [240, 336, 700])
      for (const kind of KINDS) {
        const svg = figureSvg(
          plain({
            kind,
            title: "A title that goes on for quite a while, so that it has to be broken into lines",
            note: "And a note, longer still, which says how it was done, with how many, and what was left out of it. ".repeat(
              3,
            ),
            categories:
              kind === "bars" || kind === "matrix"
                ? ["a first one", "aVeryLongWordThatCannotBeBroken", "c"]
                : undefined,
          }),
          { width, height: 200, theme: "light" },
        );
        const [, wide, tall] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!;
        for (const [, x, y, rest, text] of svg.matchAll(/<text x="([^"]+)" y="([^"]+)"([^>]*)>([^<]*)/g)) {
          const size = Number(/font-size="(\d+)"/.exec(rest)![1]);
          const share = rest.includes("middle") ? 0.5 : rest.includes('"end"') ? 1 : 0;
          const left = Number(x) - share * widthOf(text, size);
          expect(left, text).toBeGreaterThanOrEqual(0);
          expect(left + widthOf(text, size), text).toBeLessThanOrEqual(Number(wide) + 1);
          expect(Number(y)).toBeLessThan(Number(tall));
        }
      }
  });

  it("never lets two words of its marks overlap, nor a line cross them", () => {
    const mark = fc.record({
      axis: fc.constant("x" as const),
      at: fc.integer({ min: 0, max: 100 }),
      label: fc.string({ minLength: 1, maxLength: 20 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(mark, { maxLength: 5, selector: ({ at }) => at }), (marks) => {
        const series = [{ name: "m", x: [0, 100], y: [0, 1] }];
        const svg = figureSvg(plain({ series, marks }), { ...room, width: 700 });
        const over = svg.slice(svg.indexOf("</g>"));
        const words = [...over.matchAll(/<text x="([^"]+)" y="([^"]+)"[^>]*>([^<]*)/g)].map(
          ([, x, y, text]) => {
            const real = text.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(code));
            return { from: Number(x), to: Number(x) + widthOf(real, 11), y: Number(y) };
          },
        );
        const lines = [...over.matchAll(/d="M([\d.]+) ([\d.]+)V/g)].map(([, x, y]) => ({
          x: Number(x),
          top: Number(y),
        }));
        for (const [i, a] of words.entries()) {
          for (const b of words.slice(i + 1))
            expect(a.y !== b.y || a.to <= b.from || b.to <= a.from).toBe(true);
          for (const { x, top } of lines) expect(x <= a.from || x >= a.to || top >= a.y - 4).toBe(true);
        }
      }),
    );
  });
});

describe("the colours", () => {
  it("stand out by 3 : 1 from both grounds, and words by 4.5 : 1", () => {
    for (const { ground, text, quiet, colours } of Object.values(INKS)) {
      for (const colour of colours) expect(contrast(colour, ground), colour).toBeGreaterThanOrEqual(3);
      for (const word of [text, quiet]) expect(contrast(word, ground)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe("the scale", () => {
  it("has rising ticks inside its domain, no more than asked, each with a label of its own", () => {
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 1 }),
        fc.boolean(),
        fc.integer({ min: 2, max: 12 }),
        (values, log, most) => {
          const scale = scaleOf(domainOf(values, log, false), 0, 500, most);
          const { ticks } = scale;
          expect(ticks.every((t, i) => i === 0 || t > ticks[i - 1])).toBe(true);
          for (const tick of ticks) {
            expect(scale.place(tick)).toBeGreaterThanOrEqual(-1);
            expect(scale.place(tick)).toBeLessThanOrEqual(501);
          }
          expect(new Set(ticks.map(scale.label)).size).toBe(ticks.length);
        },
      ),
    );
  });

  it("has no ticks between counts", () => {
    expect(scaleOf({ low: 0.9, high: 3.1, log: false, whole: true }, 0, 1, 12).ticks).toEqual([1, 2, 3]);
    const svg = draw({ series: [{ name: "m", x: [1, 2, 3], y: [10, 20, 30] }] });
    expect(svg).not.toMatch(/>\d\.\d</);
    expect(draw({ series: [{ name: "m", x: [1, 2, 2.5], y: [10, 20, 30] }] })).toMatch(/>1\.\d</);
  });

  it("cuts at ones, twos and fives", () => {
    expect(scaleOf({ low: 0, high: 1, log: false }, 0, 1, 5).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(scaleOf({ low: -3, high: 12, log: false }, 0, 1, 4).ticks).toEqual([0, 5, 10]);
    expect(scaleOf({ low: 0.5, high: 2e5, log: true }, 0, 1, 3).ticks).toEqual([1, 100, 10_000]);
    expect(scaleOf({ low: 1, high: 12, log: true }, 0, 1, 6).ticks).toEqual([1, 2, 5, 10]);
  });
});

describe("broken text", () => {
  it("loses no word and keeps to its width", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 30, max: 400 }), (text, width) => {
        const lines = wrap(text, width, 11);
        expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(/\s/g, ""));
        for (const line of lines) expect(widthOf(line, 11)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe("CSV", () => {
  it("has a row per point, units in the heading, and the paper beside", () => {
    const series = [
      { name: "a, b", x: [1, 2], y: [3, null], spread: [0.5, null], paper: [2.5, null] },
      { name: "c", x: [1], y: [9], right: true },
    ];
    expect(
      figureCsv(plain({ series, x: { title: "time", unit: "s" }, right: { title: "error", unit: "ms" } })),
    ).toBe(
      [
        'series,"time, s","loss, dB","error, ms (right axis)",± 95 % confidence interval,paper',
        '"a, b",1,3,,0.5,2.5',
        '"a, b",2,,,,',
        "c,1,,9,,",
        "",
      ].join("\r\n"),
    );
  });

  it("names the categories, and writes a matrix as one", () => {
    const categories = ["no", "yes"];
    expect(
      figureCsv(plain({ kind: "bars", categories, series: [{ name: "m", x: [0, 1], y: [5, 6] }] })),
    ).toContain("m,yes,6");
    const series = [
      { name: "no", x: [0, 1], y: [5, 6] },
      { name: "yes", x: [0, 1], y: [7, 8] },
    ];
    expect(figureCsv(plain({ kind: "matrix", categories, series }))).toBe(
      '"loss, dB / epoch",no,yes\r\nno,5,6\r\nyes,7,8\r\n',
    );
  });

  it("writes a table with its units", () => {
    const table = {
      id: "1",
      of: null,
      title: "t",
      note: "",
      columns: [
        { title: "model", unit: "1" },
        { title: "energy", unit: "J" },
      ],
    };
    expect(
      tableCsv({
        ...table,
        rows: [
          ['say "x"', 1.5],
          ["b", null],
        ],
      }),
    ).toBe('model,"energy, J"\r\n"say ""x""",1.5\r\nb,\r\n');
  });
});
