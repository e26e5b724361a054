import type { z } from "zod";
import type { Problem } from "../../shared/errors.ts";
import { BadInput } from "../../shared/errors.ts";
import { issueReason, valueAt } from "../../shared/issues.ts";
import type { OperationName, OperationOutput } from "../../shared/operations.ts";
import { operations } from "../../shared/operations.ts";
import { programVersion } from "../paths.ts";
import { listBundled, loadBundled } from "../scenario/bundled.ts";
import { checkScenario } from "../scenario/check.ts";
import { readElements } from "../scenario/elements.ts";
import { openHandover } from "../studies/handover-show.ts";
import { ueLink } from "../studies/ue-link.ts";
import { besideRequest, planRequest } from "./plan-request.ts";
import type { Services } from "./services.ts";

type Input<N extends OperationName> = z.output<(typeof operations)[N]["input"]>;
type Work = { [N in OperationName]: (services: Services, input: Input<N>) => OperationOutput<N> };

const work: Work = {
  about: ({ db, door }) => ({ version: programVersion, db, door }),
  "scenarios.list": () => listBundled(),
  "scenarios.get": (_, { name }) => loadBundled(name).scenario,
  "scenarios.check": (_, { text }) => checkScenario(text),
  "elements.inspect": (_, { name, text }) => inspect(text, name),
  plan: ({ jobs }, { elements, seed, ...which }) => ({
    job: jobs.plan(planRequest(scenarioText(which), { elements, seed })),
  }),
  "plan.beside": ({ jobs, reader }, { run, strategy }) => ({
    job: jobs.plan(besideRequest(reader.scenarioText(run), strategy)),
  }),
  resume: ({ jobs }, { run }) => ({ job: jobs.resume(run) }),
  cancel: ({ jobs }, { job }) => ({ cancelled: jobs.cancel(job) }),
  "jobs.list": ({ jobs }) => jobs.list(),
  "runs.list": ({ reader }) => reader.runs(),
  "runs.get": ({ reader }, { run }) => reader.run(run),
  "runs.link": ({ reader }, { run, ue, atS }) => ueLink(reader, run, ue, atS),
  "runs.handover": ({ reader }, { run, event }) => openHandover(reader, run, event),
  "runs.load": ({ reader }, { run, cell }) => reader.load(run, cell),
  "studies.list": ({ reader }) => reader.studies(),
  "studies.get": ({ reader }, { study }) => reader.report(study),
  "studies.start": ({ jobs }, study) => ({ job: jobs.study(study) }),
  "models.list": ({ reader }) => reader.library(),
};

export const isOperation = (name: string): name is OperationName => Object.hasOwn(operations, name);

/** Runs one operation; what goes in and what comes out both keep to the contract. */
export function perform(services: Services, name: OperationName, input: unknown): unknown {
  const contract = operations[name];
  const asked = contract.input.safeParse(input);
  if (!asked.success) throw new BadInput(asked.error.issues.map((issue) => problemOf(name, issue, input)));
  const answer = (work[name] as (services: Services, input: unknown) => unknown)(services, asked.data);
  return contract.output.parse(answer);
}

const problemOf = (name: string, issue: z.core.$ZodIssue, input: unknown): Problem => ({
  field: issue.path.join(".") || "input",
  reason: issueReason(issue, valueAt(input, issue.path)),
  remedy: `Send what the operation "${name}" takes`,
});

function inspect(text: string, name: string): OperationOutput<"elements.inspect"> {
  const { format, accepted, rejected, warnings } = readElements(text, name);
  const newest = accepted.reduce((latest, record) => Math.max(latest, record.epochMs), -Infinity);
  const newestEpoch = accepted.length > 0 ? new Date(newest).toISOString() : null;
  return { format, accepted: accepted.length, newestEpoch, rejected, warnings };
}

function scenarioText({ name, scenario }: { name?: string; scenario?: unknown }): string {
  if ((name === undefined) === (scenario === undefined))
    throw new BadInput([
      {
        field: "scenario",
        reason: "a plan takes either the name of a bundled scenario or a scenario, one of the two",
        remedy: 'Send "name" or "scenario"',
      },
    ]);
  if (name !== undefined) return loadBundled(name).text;
  return typeof scenario === "string" ? scenario : JSON.stringify(scenario, null, 2);
}
