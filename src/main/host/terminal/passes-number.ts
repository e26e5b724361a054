import type { Arguments } from "./arguments.ts";

/** One number that the command cannot do without; NaN, and a complaint, where there is none. */
export function oneNumber(given: Arguments, option: string, text: string | undefined): number {
  if (text === undefined) given.refuse(option, "is missing", `Give ${option} and a number`);
  const values = given.numbers(option, text) ?? [];
  if (values.length > 1) given.refuse(option, `"${text}" is more than one number`, "Give one number");
  return values.length === 1 ? values[0] : NaN;
}

/** The same of an option that may be absent. */
export const maybeNumber = (given: Arguments, option: string, text: string | undefined) =>
  text === undefined ? undefined : oneNumber(given, option, text);
