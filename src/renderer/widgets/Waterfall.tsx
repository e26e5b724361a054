export interface Fall {
  key: string;
  title: string;
  /** what it adds; the running sum begins at 0 */
  value: number;
  text: string;
  /** where the running sum stands, shown from zero */
  total?: true;
}

/** A sum term by term: each bar begins where the one before it ended. */
export function Waterfall({ label, falls }: { label: string; falls: readonly Fall[] }) {
  const bars = placed(falls);
  const low = Math.min(0, ...bars.map((bar) => bar.from));
  const high = Math.max(0, ...bars.map((bar) => bar.to));
  const share = (value: number) => (100 * (value - low)) / (high - low || 1);
  return (
    <ul className="waterfall" aria-label={label}>
      {bars.map(({ key, title, text, from, to, kind }) => (
        <li key={key} className={kind}>
          <span className="bar-title">{title}</span>
          <span className="fall-room">
            <i className="fall-zero" style={{ left: `${share(0)}%` }} />
            <i className="fall" style={{ left: `${share(from)}%`, width: `${share(to) - share(from)}%` }} />
          </span>
          <span className="bar-text">{text}</span>
        </li>
      ))}
    </ul>
  );
}

function placed(falls: readonly Fall[]) {
  let sum = 0;
  return falls.map(({ value, total, ...fall }) => {
    const before = total ? 0 : sum;
    if (!total) sum += value;
    const kind = total ? "total" : value < 0 ? "loss" : "gain";
    return { ...fall, kind, from: Math.min(before, sum), to: Math.max(before, sum) };
  });
}
