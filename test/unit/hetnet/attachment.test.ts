import { describe, expect, it } from "vitest";
import { Attachment } from "../../../src/main/hetnet/attachment.ts";

const limits = { qOutDb: [-8, -8], outReports: 2, stayReports: 3 };
const start = () => new Attachment(0, 2, limits);

describe("an attachment", () => {
  it("executes with the next report and counts what serves then", () => {
    const ue = start();
    ue.report(0, [5, 1]);
    expect(ue.order(1)).toBe(true);
    expect(ue.report(1, [2, 6])).toBe(0);
    expect(ue.tally.handovers).toEqual([{ step: 1, from: 0, to: 1 }]);
    expect(ue.tally.serving).toEqual([0, 1]);
    expect(ue.tally.sumSinrDb).toBe(11);
  });

  it("calls a return within the least stay a ping-pong, and a later one not", () => {
    const back = (after: number) => {
      const ue = start();
      ue.report(0, [0, 0]);
      ue.order(1);
      for (let step = 1; step <= after; step++) ue.report(step, [0, 0]);
      ue.order(0);
      ue.report(after + 1, [0, 0]);
      return ue.tally.pingPongs;
    };
    expect(back(3)).toBe(1);
    expect(back(4)).toBe(0);
  });

  it("calls it no ping-pong where a failure lies between leaving a node and going back to it", () => {
    const ue = new Attachment(0, 3, { ...limits, qOutDb: [-8, -8, -8] });
    ue.report(0, [0, 0, 0]);
    ue.order(1);
    ue.report(1, [0, 0, 0]);
    ue.report(2, [-20, -9, 5]);
    ue.report(3, [-20, -9, 5]);
    expect(ue.serving).toBe(2);
    ue.order(0);
    ue.report(4, [9, -9, 5]);
    expect(ue.tally).toMatchObject({ tooLate: 1, pingPongs: 0 });
    expect(ue.tally.handovers).toHaveLength(2);
  });

  it("counts no handover to a target that is out on arrival, and comes back at the best", () => {
    const ue = start();
    ue.report(0, [5, 1]);
    ue.order(1);
    ue.report(1, [4, -9]);
    expect(ue.tally).toMatchObject({ handovers: [], wrongTargets: 1 });
    expect(ue.serving).toBe(0);
  });

  it("loses the command when the serving link is out, unless the UE has it already", () => {
    const lost = start();
    lost.report(0, [-9, 5]);
    expect(lost.order(1)).toBe(false);
    expect(lost.tally.lostCommands).toBe(1);
    const prepared = start();
    prepared.report(0, [-9, 5]);
    prepared.memory.prepared[1] = 1;
    expect(prepared.order(1)).toBe(true);
    prepared.report(1, [-9, 5]);
    expect(prepared.tally.handovers.length).toBe(1);
  });

  it("fails after two reports out of sync in a row, and not after two apart", () => {
    const ue = start();
    for (const [step, level] of [-9, 0, -9, 0].entries()) ue.report(step, [level, -20]);
    expect(ue.tally).toMatchObject({ tooLate: 0, outReports: 2 });
    ue.report(4, [-9, 3]);
    ue.report(5, [-9, 3]);
    expect(ue.tally.tooLate).toBe(1);
    expect(ue.serving).toBe(1);
  });
});
