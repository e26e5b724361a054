import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAddress, writeAddress } from "../../../src/renderer/session/address.ts";

describe("the address", () => {
  it("keeps run, time in tenths and cell", () => {
    expect(writeAddress({ run: "r1", timeS: 41.2499, cell: 7 })).toBe("#run=r1&t=41.2&cell=7");
  });

  it("reads back what it wrote, whatever the run is called", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.option(fc.integer({ min: 0, max: 864_000 })),
        fc.option(fc.integer({ min: 1, max: 0xff_ffff })),
        (run, tenths, cell) => {
          const view = { run, timeS: tenths === null ? null : tenths / 10, cell };
          expect(readAddress(writeAddress(view))).toEqual(view);
        },
      ),
    );
  });

  it("takes nonsense for nothing", () => {
    expect(readAddress("")).toEqual({ run: null, timeS: null, cell: null });
    expect(readAddress("#run=&t=soon&cell=1.5")).toEqual({ run: null, timeS: null, cell: null });
    expect(readAddress("#run=a&t=-3&cell=0")).toEqual({ run: "a", timeS: null, cell: null });
  });
});
