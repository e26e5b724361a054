import { createStore } from "zustand/vanilla";
import { pathText } from "../../session/draftEdits.ts";
import type { Path } from "../../session/draftEdits.ts";

/** Which groups stand open, which page of a list is shown, and whether every field is explained. */
export const folds = createStore<{
  open: Record<string, boolean>;
  page: Record<string, number>;
  explained: boolean;
}>(() => ({ open: {}, page: {}, explained: false }));

export const ENTRIES_A_PAGE = 10;

export const setOpen = (path: string, open: boolean) =>
  folds.setState((now) => (now.open[path] === open ? now : { open: { ...now.open, [path]: open } }));
export const setPage = (path: string, page: number) =>
  folds.setState((now) => ({ page: { ...now.page, [path]: page } }));
export const toggleExplained = () => folds.setState(({ explained }) => ({ explained: !explained }));

export const fieldId = (path: Path) => `scenario-${pathText(path)}`;

/** Unfolds everything around a field and goes there. */
export function reveal(path: Path): void {
  folds.setState((now) => {
    const open = { ...now.open };
    const page = { ...now.page };
    path.forEach((key, i) => {
      const around = pathText(path.slice(0, i));
      open[around] = true;
      if (typeof key === "number") page[around] = Math.floor(key / ENTRIES_A_PAGE);
    });
    open[pathText(path)] = true;
    if (path.length === 1) open.general = true;
    return { open, page };
  });
  requestAnimationFrame(() => {
    const field = document.getElementById(fieldId(path));
    field?.scrollIntoView({ block: "center" });
    field?.focus({ preventScroll: true });
  });
}
