/** The processors of a gNB, and the closed forms of their waits; the queues themselves are in `assembly/processors.ts`. */
export interface ProcessingSettings {
  cpus: number;
  /** messages that may wait beside those in service */
  queueLimit: number;
}

/** 4 processors, 500 waiting: zbh888/LEOhandover, the simulator of arXiv 2403.13936. */
export const PROCESSING: ProcessingSettings = { cpus: 4, queueLimit: 500 };

/** Mean wait in an M/D/1 queue (Pollaczek–Khinchine), in the unit of the service time. */
export function waitMD1(load: number, service: number): number {
  return (load * service) / (2 * (1 - load));
}

/** Probability that an arrival waits in an M/M/c queue (Erlang C); `offered` is arrival rate × service time. */
export function erlangC(offered: number, servers: number): number {
  let inverse = 1;
  for (let n = 1; n <= servers; n++) inverse = 1 + (inverse * n) / offered;
  const blocking = 1 / inverse;
  return blocking / (1 - (offered / servers) * (1 - blocking));
}

/** Mean wait in an M/M/c queue, in the unit of the service time. */
export function waitMMc(offered: number, servers: number, service: number): number {
  return (erlangC(offered, servers) * service) / (servers - offered);
}
