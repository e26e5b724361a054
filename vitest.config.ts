import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** They take longest, in processes of their own: begun first, so that nobody waits for them at the end. */
const FIRST = ["jobs/resume", "jobs/engine", "jobs/study", "jobs/layers", "doors/report", "doors/compare"];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = FIRST.findIndex((name) => moduleId.endsWith(`${name}.test.ts`));
      return at < 0 ? FIRST.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

/** Rooms without a state of their own: their tests may follow one another in one process. */
const SCIENCES =
  "test/unit/{beam,export,handover,hetnet,learn,link,math,orbit,scenario,shared,simulation,studies}/**/*.test.ts";

export default defineConfig({
  test: {
    testTimeout: 60_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "doors",
          include: ["test/unit/**/*.test.ts", "test/architecture.test.ts"],
          exclude: [SCIENCES],
        },
      },
      {
        extends: true,
        test: { name: "sciences", include: [SCIENCES, "test/reference/**/*.test.ts"], isolate: false },
      },
    ],
  },
});
