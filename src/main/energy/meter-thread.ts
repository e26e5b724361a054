import { cpus } from "node:os";
import { workerData } from "node:worker_threads";
import { Integrator, type Reading, type Sample } from "./integrator.ts";
import type { MeterSetup } from "./meter.ts";
import { openRapl } from "./rapl.ts";
import { SharedRecord, clockS } from "./record.ts";

/** The meter's thread: samples, adds up, writes the record that others read. */
const { buffer, source, gramsPerJoule, periodMs } = workerData as MeterSetup;
const record = new SharedRecord(buffer);
const rapl = source.kind === "rapl" ? openRapl(source.root) : null;

function sample(): Sample {
  let busyMs = 0;
  let idleMs = 0;
  for (const { times } of cpus()) {
    busyMs += times.user + times.nice + times.sys + times.irq;
    idleMs += times.idle;
  }
  const { user, system } = process.cpuUsage();
  return {
    at: clockS(),
    busyS: busyMs / 1000,
    totalS: (busyMs + idleMs) / 1000,
    processS: (user + system) / 1e6,
    memoryGb: process.memoryUsage.rss() / 1e9,
    rapl: rapl?.read() ?? null,
  };
}

const ownS = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
};

// the first samples take longer than all later ones, while their code is new
for (let i = 0; i < 10; i++) sample();
const first = sample();
const integrator = new Integrator(source, first);
const start = { at: clockS(), ownS: ownS() };
const write = (reading: Reading) =>
  record.write({ ...reading, gramsPerJoule, ownS: ownS() - start.ownS, lifeS: clockS() - start.at });

write({ at: first.at, seconds: 0, processorJ: 0, memoryJ: 0, processorW: 0, memoryW: 0 });

/** A sample takes longer the more processors there are: with so much rest after each, the meter takes 0.5 % of one at most. */
const REST = 200;

function next(): void {
  const began = ownS();
  write(integrator.add(sample()));
  setTimeout(next, Math.max(periodMs, REST * 1000 * (ownS() - began)));
}
setTimeout(next, periodMs);
