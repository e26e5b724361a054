/** What a row of a reference table gives a formula: numbers in the units of the names, words, and the column asked for. */
export type Inputs = Record<string, number | string>;
export type Formula = (inputs: Inputs) => number;

/** A numeric input; a table without it is a bug. */
export function num(inputs: Inputs, name: string): number {
  const value = inputs[name];
  if (typeof value !== "number") throw new Error(`the reference table has no number "${name}"`);
  return value;
}

/** An input that is a word. */
export function word(inputs: Inputs, name: string): string {
  const value = inputs[name];
  if (typeof value !== "string") throw new Error(`the reference table has no word "${name}"`);
  return value;
}

/** Published numbers of one kind, as they stand in `resources/reference/`. */
export interface ReferenceTable {
  /** heading under which the rows are counted */
  group: string;
  quantity: string;
  /** document and clause */
  source: string;
  /**
   * read in the document or repository, in a third party's restatement of it, or worked out independently from it; OWN: nobody
   * publishes it, two ways of our own stand side by side
   */
  label: "SRC" | "SRC-2nd" | "DERIVED" | "OWN";
  unit: string;
  tolerance: number;
  /** the tolerance is a share of the published value */
  relative?: boolean;
  /** where the tolerance comes from, and what the source has wrong */
  note?: string;
  /** name of the formula in `reference-formulas.ts` */
  formula: string;
  /** inputs common to all rows */
  given?: Inputs;
  /** names of the leading values of each row */
  inputs: string[];
  /** names of the published values that follow; one value without a name where absent */
  columns?: string[];
  /** null where nothing is published */
  rows: (number | string | null)[][];
}
