import type { Command } from "../../session/commands.ts";
import { isUnderWay } from "../../session/job.ts";
import { cancelStudy, openStudy, startStudy, studies } from "../../session/studies.ts";
import { openFinding } from "../../session/view.ts";
import { WHAT } from "../StudyForm.tsx";

const PAPERS = ["paper-a", "paper-b", "paper-c"] as const;

export function learnActions(): Command[] {
  const now = studies.getState();
  const open = (study: string) => {
    openFinding("learn");
    void openStudy(study);
  };
  const reports = (now.list ?? [])
    .filter(({ status }) => status === "finished")
    .map(({ study, title }) => ({
      id: `study ${study}`,
      group: "Open report",
      title,
      words: study,
      run: () => open(study),
    }));
  if (isUnderWay(now.job))
    return [
      {
        id: "cancel study",
        group: "Learn",
        title: "Cancel the study under way",
        run: () => void cancelStudy(),
      },
      ...reports,
    ];
  const papers = PAPERS.flatMap((kind) =>
    [true, false].map((quick) => ({
      id: `${kind} ${quick ? "quick" : "full"}`,
      group: "Learn",
      title: `${WHAT[kind]}, ${quick ? "quick" : "full"}`,
      words: "start reproduce study",
      run: () => {
        openFinding("learn");
        void startStudy({ title: WHAT[kind], ask: { kind }, quick });
      },
    })),
  );
  return [...papers, ...reports];
}
