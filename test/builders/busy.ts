import { availableParallelism, loadavg } from "node:os";

/** How much longer anything takes here than on a machine with nothing else to do; 1 where a system keeps no load. */
export const busy = () => Math.max(1, loadavg()[0] / availableParallelism());
