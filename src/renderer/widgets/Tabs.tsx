import { useId } from "react";
import type { ReactNode } from "react";

interface Props<T extends string> {
  label: string;
  tabs: readonly { key: T; title: string; content: ReactNode }[];
  value: T;
  onChange: (key: T) => void;
}

/** Arrow keys go from tab to tab, as everywhere. */
export function Tabs<T extends string>({ label, tabs, value, onChange }: Props<T>) {
  const id = useId();
  const at = Math.max(
    0,
    tabs.findIndex((tab) => tab.key === value),
  );
  const go = (event: React.KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    event.stopPropagation();
    const next = tabs[(at + by + tabs.length) % tabs.length]!;
    onChange(next.key);
    document.getElementById(`${id}-${next.key}`)?.focus();
  };
  return (
    <div className="tabs">
      <div role="tablist" aria-label={label} onKeyDown={go}>
        {tabs.map((tab, i) => (
          <button
            key={tab.key}
            id={`${id}-${tab.key}`}
            type="button"
            role="tab"
            aria-selected={i === at}
            aria-controls={id}
            tabIndex={i === at ? 0 : -1}
            onClick={() => onChange(tab.key)}
          >
            {tab.title}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={id} aria-labelledby={`${id}-${tabs[at]!.key}`} tabIndex={0}>
        {tabs[at]!.content}
      </div>
    </div>
  );
}
