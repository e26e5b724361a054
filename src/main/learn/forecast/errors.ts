import type { Windows } from "./windows.ts";

/** Errors of forecasts, in the target's unit. */
export interface ForecastErrors {
  /** root of the mean square over all rows and steps ahead */
  rmse: number;
  /** mean of the magnitude over all rows and steps ahead */
  mae: number;
  /** [step ahead] root of the mean square */
  rmseAhead: number[];
  rows: number;
}

/** Errors of forecasts [row × H], optionally of one node only. */
export function forecastErrors(windows: Windows, forecast: Float32Array, node?: number): ForecastErrors {
  const { y, ahead } = windows;
  const square = new Float64Array(ahead);
  let magnitude = 0;
  let rows = 0;
  for (let row = 0; row < windows.rows; row++) {
    if (node !== undefined && windows.node[row] !== node) continue;
    rows++;
    for (let h = 0; h < ahead; h++) {
      const error = forecast[row * ahead + h] - y[row * ahead + h];
      square[h] += error * error;
      magnitude += Math.abs(error);
    }
  }
  const all = square.reduce((sum, value) => sum + value, 0);
  return {
    rmse: Math.sqrt(all / rows / ahead),
    mae: magnitude / rows / ahead,
    rmseAhead: Array.from(square, (sum) => Math.sqrt(sum / rows)),
    rows,
  };
}
