interface Props {
  label: string;
  /** 0 … 1 */
  fraction: number;
}

export function Progress({ label, fraction }: Props) {
  const percent = Math.round(100 * Math.max(0, Math.min(1, fraction)));
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div style={{ width: `${percent}%` }} />
    </div>
  );
}
