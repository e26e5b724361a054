import type { LinkTerm } from "../../shared/link.ts";
import type { Fall } from "../widgets/Waterfall.tsx";

/** Terms of a link budget in words. */
const TERMS: Record<string, string> = {
  eirpDbw: "EIRP",
  relativeGainDb: "off the beam's axis",
  freeSpaceLossDb: "free space",
  gasLossDb: "gases",
  scintillationLossDb: "scintillation",
  shadowFadingDb: "shadowing",
  clutterLossDb: "clutter",
  rainLossDb: "rain",
  cloudLossDb: "cloud",
  buildingEntryLossDb: "building entry",
  polarisationLossDb: "polarisation",
  bodyLossDb: "body",
  otherLossDb: "other losses",
  gOverTDbPerK: "G/T",
};

const signed = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;

/** What is shown of a term in tenths. */
const SMALLEST = 0.05;

/** The terms that enter, then what makes C/N of them; terms of zero are left out and named apart. */
export function fallsOf(terms: readonly LinkTerm[]): { falls: Fall[]; zero: string[] } {
  const entering = terms
    .filter(({ enters }) => enters !== "info")
    .map(({ name, value, enters }) => ({
      key: name,
      title: TERMS[name] ?? name,
      value: enters === "minus" ? -value : value,
    }));
  const info = (name: string) => terms.find((term) => term.name === name)!.value;
  const sum = entering.reduce((db, { value }) => db + value, 0);
  const steps = [
    ...entering,
    { key: "boltzmann", title: "1/k, Boltzmann", value: info("cOverN0DbHz") - sum },
    { key: "bandwidth", title: "bandwidth", value: info("cnDb") - info("cOverN0DbHz") },
  ];
  const falls: Fall[] = steps
    .filter(({ value }) => Math.abs(value) >= SMALLEST)
    .map((step) => ({ ...step, text: signed(step.value) }));
  falls.push({ key: "cn", title: "C/N", value: 0, text: signed(info("cnDb")), total: true });
  return {
    falls,
    zero: steps.filter(({ value }) => Math.abs(value) < SMALLEST).map(({ title }) => title),
  };
}
