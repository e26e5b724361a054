import { decodeColumns } from "../../shared/columns.ts";
import type { Columns } from "../../shared/columns.ts";
import { restoreError } from "../../shared/errors.ts";
import type { ErrorReport } from "../../shared/errors.ts";
import type {
  ExportFormat,
  ExportTable,
  OperationInput,
  OperationName,
  OperationOutput,
} from "../../shared/operations.ts";

/** One operation of the contract. Throws `BadInput` with every problem, or a plain error with words. */
export async function call<N extends OperationName>(
  name: N,
  input: OperationInput<N>,
  signal?: AbortSignal,
): Promise<OperationOutput<N>> {
  const response = await ask(`/api/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
    signal,
  });
  return (await response.json()) as OperationOutput<N>;
}

/** Binary columns of one run. */
export async function fetchColumns(
  run: string,
  what: string,
  signal?: AbortSignal,
): Promise<{ columns: Columns; meta: Record<string, unknown> }> {
  const response = await ask(`/data/runs/${encodeURIComponent(run)}/${what}`, { signal });
  return decodeColumns(await response.arrayBuffer());
}

/** The lines of a stream of JSON lines, until it ends or the signal is raised. */
export async function* jsonLines<T>(path: string, signal: AbortSignal): AsyncGenerator<T> {
  const response = await ask(path, { signal });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const lines = (rest + value).split("\n");
      rest = lines.pop()!;
      for (const line of lines) if (line.trim()) yield JSON.parse(line) as T;
    }
    if (rest.trim()) yield JSON.parse(rest) as T;
  } finally {
    reader.cancel().catch(() => {});
  }
}

export const exportAddress = (run: string, table: ExportTable, format: ExportFormat) =>
  `/data/runs/${encodeURIComponent(run)}/export?table=${table}&format=${format}`;

async function ask(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Error("Beamwalk does not answer. Is the program still running? Start it again and reload.", {
      cause: error,
    });
  }
  if (response.ok) return response;
  throw await failure(response);
}

async function failure(response: Response): Promise<Error> {
  const text = await response.text();
  try {
    return restoreError(JSON.parse(text) as ErrorReport);
  } catch {
    return new Error(`The program answered ${response.status}: ${text.slice(0, 200) || response.statusText}`);
  }
}
