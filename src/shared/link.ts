import { z } from "zod";

/** One line of a link budget. A loss stands as a positive number and is taken off; `info` does not enter C/N. */
export const linkTermSchema = z.object({
  name: z.string(),
  unit: z.string(),
  value: z.number(),
  enters: z.enum(["plus", "minus", "info"]),
  /** switched off */
  off: z.literal(true).optional(),
});
export type LinkTerm = z.output<typeof linkTermSchema>;

/** The link of one UE with its serving cell at one frame of a run, term by term, and what else it hears. */
export const ueLinkSchema = z.object({
  run: z.string(),
  ue: z.int(),
  timeS: z.number(),
  cell: z.int(),
  satellite: z.string(),
  beam: z.int(),
  lineOfSight: z.boolean(),
  down: z.array(linkTermSchema),
  up: z.array(linkTermSchema),
  /** the cells heard, the strongest first, the serving one among them */
  heard: z.array(z.object({ cell: z.int(), satellite: z.string(), beam: z.int(), rsrpDbm: z.number() })),
});
export type UeLink = z.output<typeof ueLinkSchema>;
