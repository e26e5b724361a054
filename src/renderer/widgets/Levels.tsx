interface Level {
  key: string;
  title: string;
  value: number;
  text: string;
  /** a word beside the title: which part it plays */
  mark?: string;
}

/** Levels as dots on one scale, for quantities without a zero (dBm). */
export function Levels({ label, levels }: { label: string; levels: readonly Level[] }) {
  const values = levels.map((level) => level.value);
  const least = Math.min(...values);
  const span = Math.max(Math.max(...values) - least, 1);
  return (
    <ul className="levels" aria-label={label}>
      {levels.map(({ key, title, value, text, mark }) => (
        <li key={key} className={mark ? "marked" : undefined}>
          <span className="bar-title">
            {title} {mark && <em>{mark}</em>}
          </span>
          <span className="level-room">
            <i style={{ left: `${(100 * (value - least)) / span}%` }} />
          </span>
          <span className="bar-text">{text}</span>
        </li>
      ))}
    </ul>
  );
}
