import type { StoreApi } from "zustand/vanilla";
import type { Columns } from "../../shared/columns.ts";
import { fetchColumns } from "./client.ts";
import { runs } from "./runs.ts";
import { view } from "./view.ts";
import type { View } from "./view.ts";

export interface Known<T> {
  /** null until it is needed and here; may be another run's */
  known: T | null;
  error: Error | null;
}

/** Fetches columns of the open run once the view needs them, and again where they did not come and the view changes. */
export function followNeed<T>(
  store: StoreApi<Known<T>>,
  what: string,
  needs: (view: View) => boolean,
  read: (run: string, columns: Columns, meta: Record<string, unknown>) => T,
): () => void {
  let loading = new AbortController();
  let asked: string | null = null;
  const ask = () => {
    const run = runs.getState().current?.record.run;
    if (run === undefined || asked === run || !needs(view.getState())) return;
    asked = run;
    loading.abort();
    const { signal } = (loading = new AbortController());
    fetchColumns(run, what, signal).then(
      ({ columns, meta }) =>
        signal.aborted || store.setState({ known: read(run, columns, meta), error: null }),
      (error: Error) => {
        if (signal.aborted) return;
        asked = null;
        store.setState({ error });
      },
    );
  };
  const leave = [
    runs.subscribe(({ current }, before) => current?.record.run !== before.current?.record.run && ask()),
    view.subscribe(
      (now, before) => (now.layers !== before.layers || now.satellite !== before.satellite) && ask(),
    ),
  ];
  ask();
  return () => {
    loading.abort();
    for (const stop of leave) stop();
  };
}
