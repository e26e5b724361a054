import { Command } from "commander";
import { EXPORT_FORMATS, EXPORT_TABLES } from "../../../shared/operations.ts";
import { programVersion } from "../../paths.ts";
import type { World } from "./world.ts";

const JSON_OPTION = ["--json", "print the result as JSON"] as const;
const DB_OPTION = [
  "--db <file>",
  "database file (default: $BEAMWALK_DB or ~/.beamwalk/beamwalk.db)",
] as const;

/** The commands with their help; each loads only the code it needs. */
export function createProgram(world: World, finish: (code: number) => void): Command {
  const program = new Command("beamwalk")
    .description("Plans handovers in low-earth-orbit networks. Results go to stdout, progress to stderr.")
    .version(programVersion)
    .addHelpText("after", "\nExit code 0: done, 1: failed or stopped, 2: bad input.");

  program
    .command("plan")
    .description("plan a scenario: orbits, beams, links, handovers, clusters and classifiers")
    .argument("[scenario]", 'scenario file (JSON) or a name of "beamwalk scenarios"')
    .option("--elements <file>", "TLE, 3LE or OMM file (CSV, JSON, XML, KVN) with the satellites")
    .option(...DB_OPTION)
    .option("--seed <n>", "seed of the random source, 0 … 4294967295 (default: the scenario's)")
    .option(
      "--threads <n>",
      "worker threads, 1 … 256 (default: one per processor); same result with any number",
    )
    .option("--resume <run>", "go on with an interrupted run")
    .option(...JSON_OPTION)
    .addHelpText("after", example("plan dahouda-2023 --seed 7 --json"))
    .action(async (scenario, options) =>
      finish(await (await import("./plan.ts")).plan(world, scenario, options)),
    );

  program
    .command("scenarios")
    .description("list the bundled scenarios: satellites, UEs, duration in seconds")
    .option(...JSON_OPTION)
    .addHelpText("after", example("scenarios"))
    .action(async (options) => finish((await import("./runs.ts")).scenarios(world, options)));

  program
    .command("inspect")
    .description("read an element file: what is accepted, what is rejected and why")
    .argument("<elements>", "TLE, 3LE or OMM file")
    .option(...JSON_OPTION)
    .addHelpText("after", example("inspect starlink.tle"))
    .action(async (file, options) => finish((await import("./elements.ts")).inspect(world, file, options)));

  program
    .command("propagate")
    .description("positions of the satellites of an element file by SGP4: km, km/s, degrees")
    .argument("<elements>", "TLE, 3LE or OMM file")
    .option("--id <id>", "only this catalogue number; may be given several times", gather)
    .option("--minutes <list>", "minutes since each satellite's epoch, e.g. 0,10,45")
    .option("--at <list>", "UTC instants, e.g. 2025-09-23T12:00:00Z,2025-09-23T13:00:00Z")
    .option("--frame <frame>", "teme, ecef (km, km/s) or geodetic (degrees, km)", "teme")
    .option(...JSON_OPTION)
    .addHelpText("after", example("propagate iss.tle --minutes 0,10,45 --frame geodetic"))
    .action(async (file, options) => finish((await import("./elements.ts")).propagate(world, file, options)));

  program
    .command("passes")
    .description(
      "when the satellites of an element file rise, culminate and set over a place; Doppler and delay",
    )
    .argument("<elements>", "TLE, 3LE or OMM file")
    .option("--latitude <degrees>", "geodetic, north positive")
    .option("--longitude <degrees>", "east positive")
    .option("--altitude-m <m>", "above the ellipsoid", "0")
    .option("--min-elevation-deg <degrees>", "elevation above which a satellite is in view", "10")
    .option("--start <instant>", "ISO 8601 (default: the newest epoch of the objects)")
    .option("--hours <h>", "time to look at", "24")
    .option("--id <id>", "only this catalogue number; may be given several times", gather)
    .option("--frequency-ghz <GHz>", "carrier of the Doppler shift", "2")
    .option("--ue-speed-kmh <km/h>", "Doppler also for a UE that passes the place at this speed, level")
    .option("--ue-heading-deg <degrees>", "its heading, from north over east")
    .option("--gateways <file>", "JSON list of gateways: transparent payloads, delays with the feeder link")
    .option("--beam-centre <lat,lon>", "place for which the Doppler is compensated: what is left at the UE")
    .option(...JSON_OPTION)
    .addHelpText("after", example("passes iss.tle --latitude 48.86 --longitude 2.35 --hours 12"))
    .action(async (file, options) => finish((await import("./passes.ts")).passes(world, file, options)));

  program
    .command("coverage")
    .description("percent of time with a satellite in view, and how many, by latitude")
    .argument("<scenario>", 'scenario file (JSON) or a name of "beamwalk scenarios"')
    .option("--elements <file>", "TLE, 3LE or OMM file with the satellites")
    .option("--min-elevation-deg <degrees>", "0 … 89 (default: the scenario's)")
    .option("--hours <h>", "time to look at", "24")
    .option("--step-s <s>", "between instants", "60")
    .option(
      "--gateways <file>",
      "JSON list of gateways: transparent payloads, which need one in view (default: as the scenario has it)",
    )
    .option(...JSON_OPTION)
    .addHelpText("after", example("coverage iridium-next --min-elevation-deg 8.2"))
    .action(async (which, options) =>
      finish((await import("./coverage.ts")).coverage(world, which, options)),
    );

  program
    .command("beams")
    .description("beams of a payload of TR 38.821 on the UV plane and on the ground")
    .option("--preset <name>", "geo, leo-1200 or leo-600, then -s or -ka, then -set1 or -set2")
    .option("--count <n>", "1, 7, 19, 61 or 127", "19")
    .option("--elevation <degrees>", "of the central beam, 5 … 90 (default: the report's)")
    .option(...JSON_OPTION)
    .addHelpText("after", example("beams --preset leo-600-s-set1 --count 19"))
    .action(async (options) => finish((await import("./beams.ts")).beams(world, options)));

  program
    .command("link")
    .description(
      "one link budget, term by term: a study case of TR 38.821, free parameters, or a UE of a run with its serving cell",
    )
    .option("--run <run>", "run, or the beginning of its name; with --ue and --at-s, and none of the others")
    .option("--ue <n>", "number of the UE in the run, from 0")
    .option("--at-s <s>", "seconds after the start; the nearest frame counts")
    .option(...DB_OPTION)
    .option("--case <name>", "study case SC1 … SC30; the options below then replace its values")
    .option("--direction <direction>", "down or up", "down")
    .option("--altitude-km <km>", "height of the satellite, 100 … 50000")
    .option("--elevation-deg <degrees>", "elevation at the UE, 5 … 90")
    .option("--frequency-ghz <GHz>", "carrier, 0.5 … 100")
    .option("--bandwidth-mhz <MHz>", "bandwidth of the noise")
    .option("--eirp-dbw <dBW>", "EIRP over the bandwidth")
    .option("--eirp-density-dbw-mhz <dBW/MHz>", "EIRP density, instead of the EIRP")
    .option("--gt-dbk <dB/K>", "G/T of the receiver")
    .option("--rx-gain-dbi <dBi>", "gain of the receiving antenna; this and the next two instead of G/T")
    .option("--noise-figure-db <dB>", "noise figure of the receiver")
    .option("--antenna-temperature-k <K>", "noise temperature of the receiving antenna")
    .option(
      "--gas-db <dB>",
      "loss by gases (default: zenith curve of TR 38.811 over the sine of the elevation)",
    )
    .option("--scintillation-db <dB>", "scintillation (default: ionospheric below 6 GHz, else tropospheric)")
    .option("--shadow-db <dB>", "shadow margin (default: 0)")
    .option("--polarisation-db <dB>", "polarisation loss (default: 0)")
    .option("--additional-db <dB>", "further loss (default: 0)")
    .option("--rain-rate-mmh <mm/h>", "rain rate exceeded in 0.01 % of the year; with height and latitude")
    .option("--rain-height-km <km>", "height up to which it rains")
    .option("--latitude-deg <degrees>", "latitude of the UE, for the rain")
    .option("--exceedance-percent <%>", "share of the year in which the rain loss is exceeded", "0.01")
    .option("--cloud-kgm2 <kg/m²>", "columnar cloud water reduced to 273.15 K")
    .option("--clutter <kind>", "no line of sight: dense-urban, urban or suburban-rural")
    .option("--building <kind>", "indoors: traditional or thermally-efficient")
    .option("--entry-probability <p>", "share of the places indoors that see no more loss", "0.5")
    .option("--cir-db <dB>", "C/I of the other beams, for C/(N+I)")
    .option(
      "--without <list>",
      "losses that count as 0: gas, scintillation, shadow, clutter, rain, cloud, building, polarisation, additional",
    )
    .option("--data-rate-mbps <Mbit/s>", "data rate, for Eb/N0")
    .option("--scs-khz <kHz>", "subcarrier spacing, for RSRP, RSRQ and the throughput of one UE")
    .option(
      "--implementation-margin-db <dB>",
      "throughput: distance from Shannon's bound, 0 … 20 (default: 2)",
    )
    .option(...JSON_OPTION)
    .addHelpText("after", example("link --case SC9 --direction down --json"))
    .action(async (options) => finish(await (await import("./link.ts")).link(world, options)));

  program
    .command("links")
    .description(
      "every UE of a scenario with every beam in its view at one instant: percentiles of C/N, C/I and SINR, or a file of all links",
    )
    .argument("<scenario>", 'scenario file (JSON) or a name of "beamwalk scenarios"')
    .option("--elements <file>", "TLE, 3LE or OMM file with the satellites")
    .option("--at-s <s>", "seconds after the start (default: the scenario's mark)")
    .option("--format <format>", "of the file: csv, parquet", "csv")
    .option(
      "-o, --output <file>",
      "one row per UE and beam within its first null; km, ms, degrees, dB; - for stdout",
    )
    .option(...JSON_OPTION)
    .addHelpText("after", example("links dahouda-2023 -o links.csv"))
    .action(async (which, options) =>
      finish(await (await import("./links.ts")).links(world, which, options)),
    );

  program
    .command("compare")
    .description(
      "handover strategies side by side on the same UEs and seeds: outcomes, interruption, signalling, peaks",
    )
    .argument("<scenario>", 'scenario file (JSON) or a name of "beamwalk scenarios"')
    .option(
      "--strategies <list>",
      "a3, a4, a5, d1, t1, elevation, timing-advance (the last two are study triggers, no RRC events), group; flattened (knows the links as they turn out), flattened-forecast, flattened-ready (both rest on forecasts)",
      "a3,d1,t1,elevation,group,flattened,flattened-ready",
    )
    .option("--seeds <n>", "seeds, from the scenario's on, 1 … 1000", "10")
    .option("--elements <file>", "TLE, 3LE or OMM file with the satellites")
    .option(
      "--threads <n>",
      "worker threads, 1 … 256 (default: one per processor); same result with any number",
    )
    .option(...JSON_OPTION)
    .addHelpText("after", example("compare dahouda-2023 --strategies a3,group,flattened --seeds 10 --json"))
    .action(async (which, options) =>
      finish(await (await import("./compare.ts")).compare(world, which, options)),
    );

  program
    .command("sweep")
    .description(
      "one field of the scenario over a range: failures against messages, and the front of the best",
    )
    .argument("<scenario>", 'scenario file (JSON) or a name of "beamwalk scenarios"')
    .requiredOption("--param <field=values>", "field=from:step:to or field=a,b,c, in the scenario's units")
    .option("--strategies <list>", "as for compare", "a3")
    .option("--seeds <n>", "seeds, from the scenario's on, 1 … 1000", "1")
    .option("--elements <file>", "TLE, 3LE or OMM file with the satellites")
    .option(
      "--threads <n>",
      "worker threads, 1 … 256 (default: one per processor); same result with any number",
    )
    .option("-o, --output <file>", "write the picture of the front (SVG)")
    .option(...JSON_OPTION)
    .addHelpText("after", example("sweep dahouda-2023 --param handover.hysteresisDb=0:0.5:4 -o front.svg"))
    .action(async (which, options) =>
      finish(await (await import("./sweep.ts")).sweep(world, which, options)),
    );

  program
    .command("handover")
    .description("one handover of a run: its messages in order of time, the cells heard, what staying meant")
    .argument("<run>", "run, or the beginning of its name")
    .requiredOption("--show <n>", "number of the cell change in the table of events, from 0")
    .option(...DB_OPTION)
    .option(...JSON_OPTION)
    .addHelpText("after", example("handover 3f2a --show 17"))
    .action(async (run, options) =>
      finish(await (await import("./handover.ts")).handover(world, run, options)),
    );

  const measured = (command: Command) =>
    command
      .option("--seed <n>", "seed, 0 … 4294967295 (default: 2023)")
      .option("--fresh", "begin anew instead of going on with an unfinished one of the same settings")
      .option("--watts <w>", "power of the processor under full load, W, instead of what the machine says")
      .option("--country <code>", "ISO 3166-1 alpha-3 country of the electricity (default: the world)")
      .option("--grams-per-kwh <g>", "g CO₂ per kWh of electricity, instead of the country's")
      .option(
        "--threads <n>",
        "worker threads, 1 … 256 (default: one per processor); same result with any number",
      )
      .option(...DB_OPTION)
      .option(...JSON_OPTION);
  const pictures = ["-o, --output <folder>", "write each figure as SVG and CSV, each table as CSV"] as const;

  measured(program.command("paper"))
    .description("rerun one of the three papers: its tables, figures and claims beside ours")
    .argument(
      "<paper>",
      "a: handover decisions in NTN, b: predictive conditional handover, c: energy and accuracy",
    )
    .option("--figure <n>", "one figure or table only, e.g. 4 or 4a")
    .option("--quick", "the same shapes on less data, in under 2 minutes")
    .option(...pictures)
    .addHelpText("after", example("paper b --quick -o figures"))
    .action(async (which, options) =>
      finish(await (await import("./paper.ts")).paper(world, which, options)),
    );

  measured(program.command("train"))
    .description(
      "train a classifier on a run's data set or a CSV, or a forecaster on a run; kept in the library",
    )
    .argument("<dataset|run>", "CSV file with a header, or run, or the beginning of its name")
    .option(
      "--model <model>",
      "forest, boosted, logistic, bayes, svm, ann; lstm, bilstm: forecast of the SINR",
    )
    .option("--label <column>", "column of the CSV that holds 0 or 1", "label")
    .option("--test-share <share>", "share of the rows held back, 0.05 … 0.95", "0.2")
    .option("--folds <n>", "stratified cross-validation, 2 … 20; 0: none", "0")
    .option("--without <features>", "features to leave out, with commas between")
    .option("--name <name>", "name in the library")
    .option("--quick", "on 10,000 rows")
    .option(...pictures)
    .addHelpText("after", example("train 3f2a --model boosted --folds 5"))
    .action(async (source, options) =>
      finish(await (await import("./train.ts")).train(world, source, options)),
    );

  measured(program.command("forecast"))
    .description("forecast the SINR of a run's UEs, tested on UEs that the model has not seen")
    .argument("<run>", "run, or the beginning of its name")
    .option("--model <model>", "lstm, bilstm, boosted, arima, persistence", "lstm")
    .option("--window <n>", "samples looked back on, 1 … 100", "9")
    .option("--horizon <n>", "samples ahead, 1 … 20", "3")
    .option("--ues <n>", "UEs, drawn by the seed, 5 … 5000", "200")
    .option("--name <name>", "name in the library")
    .option("--quick", "fewer rows and epochs")
    .option(...pictures)
    .addHelpText("after", example("forecast 3f2a --model bilstm --horizon 5"))
    .action(async (run, options) => finish(await (await import("./train.ts")).forecast(world, run, options)));

  measured(program.command("tune"))
    .description("search the best-cell predictor's hyper-parameters for f = alpha · accuracy − beta · energy")
    .option("--world <world>", "terrestrial, satellite", "terrestrial")
    .option("--alpha <weight>", "weight of the accuracy, 0 … 1", "0.5")
    .option("--beta <weight>", "weight of the energy, 0 … 1", "0.5")
    .option("--quick", "a small grid on less data")
    .option(...pictures)
    .addHelpText("after", example("tune --quick --beta 0.3"))
    .action(async (options) => finish(await (await import("./train.ts")).tune(world, options)));

  const models = program
    .command("models")
    .description("the library of models: list, import, export, apply")
    .option(...DB_OPTION)
    .option(...JSON_OPTION)
    .addHelpText("after", example("models import mine.onnx --card mine.json"))
    .action(async (options) => finish(await (await import("./models.ts")).models(world, options)));
  measured(models.command("import"))
    .description("put an ONNX model with its card into the library, after trying it out")
    .argument("<onnx>", "ONNX file")
    .option(
      "--card <file>",
      "JSON: title, task, features in order with units, steps, input, output, threshold, notes",
    )
    .option("--name <name>", "name in the library (default: the file's)")
    .action(async (file, _, command: Command) =>
      finish(await (await import("./models.ts")).importModel(world, file, command.optsWithGlobals())),
    );
  measured(models.command("apply"))
    .description("run a classifier of the library on the UEs of a run")
    .argument("<model>", "name in the library")
    .argument("<run>", "run, or the beginning of its name")
    .action(async (model, run, _, command: Command) =>
      finish(await (await import("./models.ts")).applyModel(world, model, run, command.optsWithGlobals())),
    );
  models
    .command("export")
    .description("write a model's ONNX file")
    .argument("<model>", "name in the library")
    .option("-o, --output <file>", "file to write; - for stdout")
    .action(async (model, _, command: Command) =>
      finish(await (await import("./models.ts")).exportModel(world, model, command.optsWithGlobals())),
    );

  const datasets = program.command("datasets").description("the data that models are trained on");
  datasets
    .command("export")
    .description(
      "write a run's data set at its mark, or the windows of paper B's world (hetnet-bs, hetnet-ap)",
    )
    .argument(
      "<what>",
      "run, or the beginning of its name; hetnet-bs: base stations; hetnet-ap: access points",
    )
    .option("--format <format>", "csv, parquet; csv for hetnet", "csv")
    .option("--window <n>", "hetnet: reports in a window, 1 … 100 (default: 9 for bs, 7 for ap)")
    .option("--paths <n>", "hetnet: paths of UEs, 1 … 1000", "35")
    .option("--seed <n>", "hetnet: seed", "2023")
    .option("-o, --output <file>", "file to write; - for stdout")
    .option(...DB_OPTION)
    .option(...JSON_OPTION)
    .addHelpText("after", example("datasets export hetnet-bs -o bs.csv"))
    .action(async (what, options) =>
      finish(await (await import("./datasets.ts")).exportDataset(world, what, options)),
    );

  program
    .command("reference")
    .description(
      "published numbers beside ours: SGP4, frames, geometry, antennas, propagation, budgets, mobility",
    )
    .option(...JSON_OPTION)
    .addHelpText("after", example("reference"))
    .action(async (options) => finish((await import("./reference.ts")).reference(world, options)));

  program
    .command("runs")
    .description("list the runs of a database with status and steps done")
    .option(...DB_OPTION)
    .option(...JSON_OPTION)
    .addHelpText("after", example("runs"))
    .action(async (options) => finish(await (await import("./runs.ts")).runs(world, options)));

  program
    .command("export")
    .description("write one table of a run to a file; units stand in the headers")
    .argument("<run>", "run, or the beginning of its name")
    .option("--table <table>", EXPORT_TABLES.join(", "))
    .option("--format <format>", EXPORT_FORMATS.join(", "))
    .option("-o, --output <file>", "file to write; - for stdout")
    .option(...DB_OPTION)
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      "\nledger: every message of the run's handovers, with time [s, UTC], cell, interface (Uu, Xn, NG), kind, from, to [role] and bytes;" +
        "\nledger-kinds: how often each kind was sent, and its bytes. Both are worked out again, which takes seconds, and end with" +
        "\nthe totals by interface on stderr, or as interfaces with --json.",
    )
    .addHelpText("after", example("export 3f2a --table events --format csv -o events.csv"))
    .action(async (run, options) => finish(await (await import("./runs.ts")).exportRun(world, run, options)));

  program
    .command("report")
    .description(
      "a run or a study as one HTML page to send and to print: scenario, maps, storm, strategies, models",
    )
    .argument("[run]", "run, or the beginning of its name")
    .option("--study <name>", "a finished study instead: its figures, tables and claims")
    .option("-o, --output <file>", "HTML file to write; - for stdout (default: <run>-report.html)")
    .option("--pdf <file>", "PDF file to write, by a Chromium on this machine ($BEAMWALK_CHROMIUM)")
    .option(...DB_OPTION)
    .option(...JSON_OPTION)
    .addHelpText("after", example("report 3f2a -o report.html --pdf report.pdf"))
    .action(async (run, options) => finish(await (await import("./report.ts")).report(world, run, options)));

  program
    .command("serve")
    .description("open the browser door: the page on 127.0.0.1, for this user only")
    .option("--port <n>", "TCP port, 0 … 65535 (default: a free one)")
    .option("--run <run>", "open the page on this run")
    .option("--no-open", "only print the address")
    .option(...DB_OPTION)
    .option(...JSON_OPTION)
    .addHelpText("after", example("serve --port 8080 --no-open"))
    .action(async (options) => finish(await (await import("./serve.ts")).serve(world, options)));

  for (const command of [program, ...program.commands, ...models.commands, ...datasets.commands])
    command.exitOverride().configureOutput({
      writeOut: (text) => world.out(text.trimEnd()),
      writeErr: () => {},
      outputError: () => {},
    });
  return program;
}

const gather = (id: string, before: string[] = []) => [...before, id];
const example = (line: string) => `\nExample:\n  beamwalk ${line}`;
