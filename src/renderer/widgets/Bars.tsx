interface Bar {
  key: string;
  title: string;
  value: number;
  text: string;
}

/** Bars from zero with their label and value beside them. */
export function Bars({ label, bars }: { label: string; bars: readonly Bar[] }) {
  const longest = Math.max(...bars.map((b) => b.value), 0);
  return (
    <ul className="bars" aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.key}>
          <span className="bar-title">{bar.title}</span>
          <span className="bar-room">
            <span style={{ width: `${longest > 0 ? Math.max(0, (100 * bar.value) / longest) : 0}%` }} />
          </span>
          <span className="bar-text">{bar.text}</span>
        </li>
      ))}
    </ul>
  );
}
