import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAddress, writeAddress } from "../../../src/renderer/session/address.ts";
import { PANELS } from "../../../src/renderer/session/layout.ts";
import { COLOUR_BY } from "../../../src/renderer/session/view.ts";

const nothing = {
  timeS: null,
  cell: null,
  satellite: null,
  handover: null,
  ue: null,
  colourBy: null,
  panel: null,
};

describe("the address", () => {
  it("keeps run, time in thousandths and cell, and says no more where nothing else is chosen", () => {
    expect(writeAddress({ run: "r1", timeS: 41.12049, cell: 7 })).toBe("#run=r1&t=41.12&cell=7");
    expect(writeAddress({ ...nothing, run: "r1", timeS: 0 })).toBe("#run=r1&t=0");
  });

  it("keeps satellite, handover, UE, colour and panel where they are chosen", () => {
    const chosen = { satellite: 65, handover: 0, ue: 12, colourBy: "leave", panel: "link" } as const;
    expect(writeAddress({ run: "r1", timeS: 1, cell: 2, ...chosen })).toBe(
      "#run=r1&t=1&cell=2&sat=65&handover=0&ue=12&colour=leave&panel=link",
    );
  });

  it("reads back what it wrote, whatever the run is called", () => {
    const number = (min: number) => fc.option(fc.integer({ min, max: 0xff_ffff }));
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.option(fc.integer({ min: 0, max: 864_000 })),
        fc.tuple(number(1), number(0), number(0), number(0)),
        fc.option(fc.constantFrom(...COLOUR_BY)),
        fc.option(fc.constantFrom(...PANELS)),
        (run, tenths, [cell, satellite, handover, ue], colourBy, panel) => {
          const timeS = tenths === null ? null : tenths / 10;
          const view = { run, timeS, cell, satellite, handover, ue, colourBy, panel };
          expect(readAddress(writeAddress(view))).toEqual(view);
        },
      ),
    );
  });

  it("takes nonsense for nothing", () => {
    expect(readAddress("")).toEqual({ run: null, ...nothing });
    expect(readAddress("#run=&t=soon&cell=1.5&colour=pink&panel=door")).toEqual({ run: null, ...nothing });
    expect(readAddress("#run=a&t=-3&cell=0&sat=0.5&handover=-1&ue=x")).toEqual({ run: "a", ...nothing });
  });
});
