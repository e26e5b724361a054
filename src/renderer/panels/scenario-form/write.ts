import { draft, edit } from "../../session/draft.ts";
import type { Json, Path } from "../../session/draftEdits.ts";
import { aroundOf } from "./schema.ts";

/** Sets a field, or takes it out, with what must stand around it. */
export const write = (path: Path, value: Json | undefined) =>
  edit(path, value, aroundOf(path, draft.getState().file?.edits?.now));
