interface Props<T extends string> {
  label: string;
  /** the label is said, not shown */
  quiet?: boolean;
  value: T;
  options: readonly { value: T; text: string; disabled?: boolean }[];
  disabled?: boolean;
  onChange: (value: T) => void;
}

export function Select<T extends string>({ label, quiet, value, options, disabled, onChange }: Props<T>) {
  return (
    <label className="field">
      <span className={quiet ? "hidden" : "field-label"}>{label}</span>
      <select value={value} disabled={disabled} onChange={(e) => onChange(e.target.value as T)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  );
}
