import { describe, expect, it } from "vitest";
import { stayingFigure } from "../../../src/renderer/panels/stayingFigure.ts";
import { figureSvg } from "../../../src/shared/figure-svg.ts";

const sinr = [
  { afterS: 0, sinrDb: 2 },
  { afterS: 1, sinrDb: -9 },
  { afterS: 2, sinrDb: null },
];
const draw = (outageAfterS: number | null) => {
  const endedBy = outageAfterS === null ? null : ("qout" as const);
  const staying = { sinr, outageAfterS, endedBy, searchedS: 9, qoutDb: -8, signalling: null };
  return figureSvg(stayingFigure(staying, 7), { width: 336, height: 168, theme: "dark" });
};

describe("what staying would have meant", () => {
  it("is drawn until the source is not heard any more, with Qout and the outage", () => {
    const svg = draw(0.9);
    expect(svg).toContain("SINR had it stayed in cell 7");
    expect(svg.match(/<title>cell 7: /g)).toHaveLength(2);
    for (const mark of ["Qout", "outage"]) expect(svg).toContain(`>${mark}</text>`);
  });

  it("has no mark of an outage that does not come", () => {
    expect(draw(null)).not.toContain(">outage</text>");
  });
});
