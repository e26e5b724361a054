import type { ReactNode } from "react";

interface Props {
  children?: ReactNode;
  icon?: ReactNode;
  /** said aloud where the button shows only an icon */
  label?: string;
  title?: string;
  kind?: "plain" | "primary" | "quiet";
  pressed?: boolean;
  disabled?: boolean;
  onClick: () => void;
}

export function Button({ children, icon, label, title, kind = "plain", pressed, disabled, onClick }: Props) {
  return (
    <button
      type="button"
      className={`button ${kind}`}
      aria-label={label}
      aria-pressed={pressed}
      title={title ?? label}
      disabled={disabled}
      onClick={onClick}
    >
      {icon}
      {children}
    </button>
  );
}
