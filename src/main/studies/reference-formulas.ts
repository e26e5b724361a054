import { geometryFormulas } from "./reference-geometry.ts";
import { linkFormulas } from "./reference-link.ts";
import { mobilityFormulas } from "./reference-mobility.ts";
import { motionFormulas } from "./reference-motion.ts";
import { qualityFormulas } from "./reference-quality.ts";
import type { Formula } from "./reference-table.ts";

/** The program's formulas by the names that the reference tables use; each answers in the unit of its table. */
export const FORMULAS: Record<string, Formula> = {
  ...geometryFormulas,
  ...motionFormulas,
  ...mobilityFormulas,
  ...linkFormulas,
  ...qualityFormulas,
};
