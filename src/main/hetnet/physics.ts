import { fromDb, toDb } from "../math/decibel.ts";
import { cellularLevelDbm, sinrDb, wifiLevelDbm } from "./channel.ts";
import { emptyOutlook, type Outlook } from "./outlook.ts";
import type { HetnetSeries } from "./series.ts";
import type { Place, World } from "./world.ts";

/** Places of one interval whose powers are averaged, as a report does. */
const PERIODS = 5;
/** Weight of a new residual: the shadow moves much more from report to report than the averaged fading does. */
const GAIN = 0.9;

/**
 * Forecasts from geometry alone: it knows nodes, walls and path-loss laws, and where the UE was up to now, off by a constant
 * [m] for each path where one is given.
 * The path goes on with the turn of its last three places; the level of each node is the law's plus a residual, tracked by
 * a first-order filter, which falls as the shadow's correlation does, exp(−d/D); SINR follows by (2) and (4). It knows
 * neither the map of shadows nor what the UE will do.
 */
export function physicsOutlook(
  series: HetnetSeries,
  world: World,
  horizon: number,
  offM: (path: number) => Place = () => ({ x: 0, y: 0 }),
): Outlook {
  const outlook = emptyOutlook(series, horizon);
  const count = series.nodes.length;
  const residual = new Float64Array(count);
  const powers = new Float64Array(count);
  const ahead = new Float64Array(2 * (horizon + 1));
  const keep = Math.exp((-world.speedMps * world.stepS) / world.cellular.shadowCorrelationM);
  series.paths.forEach(({ id, steps, ...place }, path) => {
    const off = offM(id);
    const x = place.x.map((value) => value + off.x);
    const y = place.y.map((value) => value + off.y);
    residual.fill(0);
    for (let step = 1; step < steps; step++) {
      const at = (series.firstStep[path] + step) * count;
      meanPowers(powers, world, x[step - 1], y[step - 1], x[step], y[step]);
      for (let node = 0; node < count; node++) {
        const seen = series.rssiDbm[at + node] - toDb(powers[node]);
        const guess = keep * residual[node];
        residual[node] = step === 1 ? seen : guess + GAIN * (seen - guess);
      }
      if (step < 2) continue;
      extrapolate(ahead, x, y, step, horizon);
      for (let h = 1; h <= horizon; h++) {
        meanPowers(powers, world, ahead[2 * h - 2], ahead[2 * h - 1], ahead[2 * h], ahead[2 * h + 1]);
        for (let node = 0; node < count; node++) powers[node] *= fromDb(residual[node] * keep ** h);
        for (let node = 0; node < count; node++)
          outlook.sinrDb[(at + node) * horizon + h - 1] = sinrDb(world, powers, node);
      }
    }
  });
  return outlook;
}

/** Places at a step and after it [(horizon + 1) × 2], going on with the speed and the turn of the last two strides. */
export function extrapolate(
  out: Float64Array,
  x: Float64Array,
  y: Float64Array,
  step: number,
  horizon: number,
): void {
  const dx = x[step] - x[step - 1];
  const dy = y[step] - y[step - 1];
  const bx = x[step - 1] - x[step - 2];
  const by = y[step - 1] - y[step - 2];
  const turn = Math.atan2(bx * dy - by * dx, bx * dx + by * dy);
  const heading = Math.atan2(dy, dx);
  const stride = Math.hypot(dx, dy);
  out[0] = x[step];
  out[1] = y[step];
  for (let h = 1; h <= horizon; h++) {
    out[2 * h] = out[2 * h - 2] + stride * Math.cos(heading + h * turn);
    out[2 * h + 1] = out[2 * h - 1] + stride * Math.sin(heading + h * turn);
  }
}

/** Power of every node by the laws alone [mW], averaged over the way from one place to another. */
function meanPowers(
  powers: Float64Array,
  world: World,
  ax: number,
  ay: number,
  bx: number,
  by: number,
): void {
  const { stations, accessPoints } = world;
  powers.fill(0);
  for (let period = 1; period <= PERIODS; period++) {
    const x = ax + ((bx - ax) * period) / PERIODS;
    const y = ay + ((by - ay) * period) / PERIODS;
    for (let i = 0; i < stations.length; i++)
      powers[i] += fromDb(cellularLevelDbm(world, stations[i], x, y)) / PERIODS;
    for (let i = 0; i < accessPoints.length; i++)
      powers[stations.length + i] += fromDb(wifiLevelDbm(world, accessPoints[i], x, y)) / PERIODS;
  }
}
