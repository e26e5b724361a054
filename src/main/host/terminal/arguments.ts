import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Problem } from "../../../shared/errors.ts";
import { BadInput } from "../../../shared/errors.ts";

/** Gathers what is wrong with the arguments, so that all of it is said at once. */
export class Arguments {
  readonly problems: Problem[] = [];

  whole(field: string, text: string | undefined, min: number, max: number): number | undefined {
    if (text === undefined) return undefined;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    this.refuse(field, `"${text}" is not a whole number from ${min} to ${max}`, `Give ${min} … ${max}`);
    return undefined;
  }

  number(field: string, text: string | undefined, min: number, max: number): number | undefined {
    if (text === undefined) return undefined;
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (value >= min && value <= max) return value;
    this.refuse(field, `"${text}" is not a number from ${min} to ${max}`, `Give ${min} … ${max}`);
    return undefined;
  }

  numbers(field: string, text: string | undefined): number[] | undefined {
    if (text === undefined) return undefined;
    const values = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
    if (values.every(Number.isFinite)) return values;
    this.refuse(
      field,
      `"${text}" is not a list of numbers`,
      "Give numbers with commas between, e.g. 0,10,45",
    );
    return undefined;
  }

  /** A name in the library. */
  name(field: string, text: string | undefined): void {
    if (text === undefined || (text.trim() !== "" && text.length <= 80)) return;
    this.refuse(field, `"${text}" is no name of 1 … 80 characters`, "Give a shorter one, or none");
  }

  oneOf<T extends string>(field: string, value: string | undefined, known: readonly T[]): T {
    if (known.includes(value as T)) return value as T;
    const reason = value === undefined ? "is missing" : `"${value}" is not known`;
    this.refuse(field, reason, `Use one of ${known.join(", ")}`);
    return known[0];
  }

  file(field: string, path: string | undefined): { name: string; text: string } | undefined {
    if (path === undefined) return undefined;
    try {
      return { name: basename(path), text: readFileSync(path, "utf8") };
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? String(error);
      this.refuse(
        field,
        `"${path}" ${WHY_UNREADABLE[code] ?? `cannot be read (${code})`}`,
        "Give a file that can be read",
      );
      return undefined;
    }
  }

  refuse(field: string, reason: string, remedy: string) {
    this.problems.push({ field, reason, remedy });
  }

  check() {
    if (this.problems.length > 0) throw new BadInput(this.problems);
  }
}

const WHY_UNREADABLE: Record<string, string> = {
  ENOENT: "does not exist",
  EISDIR: "is a folder",
  EACCES: "may not be read by this user",
};
