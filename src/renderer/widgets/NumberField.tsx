import { useState } from "react";

interface Props {
  label: string;
  /** null: nothing typed; NaN: something wrong */
  value: number | null;
  min: number;
  max: number;
  placeholder?: string;
  onChange: (value: number | null) => void;
}

/** A whole number or nothing. Keeps what was typed while it is wrong, and says what is. */
export function NumberField({ label, value, min, max, placeholder, onChange }: Props) {
  const [text, setText] = useState(value === null || Number.isNaN(value) ? "" : String(value));
  const wrong = problem(text, min, max);
  return (
    <label className="field">
      <span className="field-label">{label}</span>
      <input
        inputMode="numeric"
        value={text}
        placeholder={placeholder}
        aria-invalid={wrong !== null}
        onChange={(e) => {
          setText(e.target.value);
          const good = problem(e.target.value, min, max) === null;
          onChange(e.target.value.trim() === "" ? null : good ? Number(e.target.value) : Number.NaN);
        }}
      />
      {wrong && <span className="field-problem">{wrong}</span>}
    </label>
  );
}

function problem(text: string, min: number, max: number): string | null {
  if (text.trim() === "") return null;
  const n = Number(text);
  if (Number.isInteger(n) && n >= min && n <= max) return null;
  return `A whole number from ${min} to ${max.toLocaleString("en")}`;
}
