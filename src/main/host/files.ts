import { readFile } from "node:fs/promises";
import { extname, resolve, sep } from "node:path";
import { refusal } from "./answers.ts";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".ico": "image/x-icon",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
};

/** Files under `assets/` carry a hash of their content in the name. */
const HASHED = /^\/assets\/.*-[\w-]{8,}\.\w+$/;

/** One file of the page; nothing outside `folder` can be named. */
export async function pageFile(folder: string, url: string): Promise<Response> {
  const path = decodedPath(url);
  const file = path === null ? null : insideOf(folder, path);
  const bytes = file === null ? null : await readFile(file).catch(() => null);
  if (bytes === null || file === null)
    return refusal(404, { field: "address", reason: "there is no such page", remedy: "Open /" });
  return new Response(bytes, {
    headers: {
      "content-type": TYPES[extname(file).toLowerCase()] ?? "application/octet-stream",
      "cache-control": path && HASHED.test(path) ? "private, max-age=31536000, immutable" : "no-cache",
    },
  });
}

function decodedPath(url: string): string | null {
  try {
    const path = decodeURIComponent(new URL(url).pathname);
    return path.endsWith("/") ? `${path}index.html` : path;
  } catch {
    return null;
  }
}

function insideOf(folder: string, path: string): string | null {
  if (/[\0\\:]/.test(path)) return null;
  const file = resolve(folder, `.${path}`);
  return file.startsWith(folder + sep) ? file : null;
}
