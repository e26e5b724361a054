import { useEffect, useState } from "react";

/** Whether a media query holds. */
export function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const listen = () => setHolds(media.matches);
    media.addEventListener("change", listen);
    return () => media.removeEventListener("change", listen);
  }, [query]);
  return holds;
}

/** The last answer to a question that depends on `key`; null while it is on its way. */
export function useAnswer<T>(key: string, ask: (signal: AbortSignal) => Promise<T>) {
  const [answer, setAnswer] = useState<{ key: string; value: T | null; error: Error | null } | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    ask(stop.signal).then(
      (value) => stop.signal.aborted || setAnswer({ key, value, error: null }),
      (error: Error) => stop.signal.aborted || setAnswer({ key, value: null, error }),
    );
    return () => stop.abort();
    // `ask` is a new function at every rendering; `key` says when the question changes.
  }, [key]);
  return answer?.key === key ? answer : null;
}
