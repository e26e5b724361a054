import { NO_SIGNAL, UE_STATE } from "../../shared/frame.ts";
import type { Choice, Choices } from "./pick.ts";

export interface CellFacts {
  cell: number;
  satellite: string;
  /** across, m */
  longM: number;
  wideM: number;
  /** out of and into it in this second; null where that is not known */
  handovers: number | null;
  serves: boolean;
  /** null where channels are not shown */
  channel: string | null;
}

const km = (metres: number) => `${Math.round(metres / 1000).toLocaleString("en")}`;

export function cellWords({ cell, satellite, longM, wideM, handovers, serves, channel }: CellFacts): string {
  const words = [`Cell ${cell} of ${satellite}, ${km(longM)} × ${km(wideM)} km`];
  if (handovers !== null) words.push(`${count(handovers, "handover")} out and in, this second`);
  if (channel !== null) words.push(channel);
  if (!serves) words.push("serves nobody now");
  return words.join("; ");
}

export interface UeFacts {
  ue: number;
  cell: number;
  state: number;
  /** hundredths of dBm and of dB */
  rsrp: number;
  sinr: number;
  /** after the mark, s; null where it stays or that is not known */
  leaveS: number | null;
  /** at the mark; null where nothing was predicted */
  ready: boolean | null;
}

export function ueWords({ ue, cell, state, rsrp, sinr, leaveS, ready }: UeFacts): string {
  const words = [`UE ${ue.toLocaleString("en")}, ${stateWords(state, cell)}`];
  if (rsrp !== NO_SIGNAL) words.push(`RSRP ${level(rsrp)} dBm`);
  if (sinr !== NO_SIGNAL) words.push(`SINR ${level(sinr)} dB`);
  if (leaveS !== null) words.push(`leaves its cell's contour ${leaveS.toFixed(0)} s after the mark`);
  if (ready !== null) words.push(ready ? "handover-ready at the mark" : "not ready at the mark");
  return words.join("; ");
}

function stateWords(state: number, cell: number): string {
  if (state === UE_STATE.uncovered || cell === 0) return "without service";
  return state === UE_STATE.handover ? `just gone over to cell ${cell}` : `served by cell ${cell}`;
}

export interface SatelliteFacts {
  name: string;
  heightM: number;
  /** null where satellites need none or it is not known, "" for none in view */
  gateway: string | null;
}

export function satelliteWords({ name, heightM, gateway }: SatelliteFacts): string {
  const words = [`Satellite ${name}, ${km(heightM)} km high`];
  if (gateway !== null) words.push(gateway === "" ? "no gateway in view" : `through gateway ${gateway}`);
  return words.join("; ");
}

export function coverageWords(satellites: number, minElevation: number): string {
  const least = Number(((minElevation * 180) / Math.PI).toFixed(1));
  return `${satellites === 255 ? "255 satellites or more" : count(satellites, "satellite")} above ${least}°`;
}

/** What a click would choose; of a handover its UE is told. */
export function choiceWords(
  { click, double }: Choices,
  names: { satellite: (number: number) => string; handover: (number: number) => number },
): string | null {
  const nameOf = ({ kind, number }: Choice) => {
    if (kind === "cell") return `cell ${number}`;
    if (kind === "satellite") return names.satellite(number);
    if (kind === "ue") return `UE ${number.toLocaleString("en")}`;
    return `handover of UE ${names.handover(number).toLocaleString("en")}`;
  };
  const words = [click && `Click: ${nameOf(click)}`, double && `Double-click: ${nameOf(double)}`];
  return words.filter((one) => one !== null).join(" · ") || null;
}

const level = (hundredths: number) => (hundredths / 100).toFixed(1).replace("-", "−");
const count = (n: number, word: string) => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;
