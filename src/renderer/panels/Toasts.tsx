import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { dropToast, log } from "../session/log.ts";
import type { Entry } from "../session/log.ts";
import { Button } from "../widgets/Button.tsx";
import { LevelMark } from "./Log.tsx";

/** What happened a moment ago. The log keeps it. */
export function Toasts() {
  const toasts = useStore(log, (s) => s.toasts);
  return (
    <div className="toasts" aria-live="polite" data-testid="toasts">
      {toasts.map((toast) => (
        <Toast key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

const STAYS_MS = 7000;

/** It stays while the pointer or the focus is on it. */
function Toast({ toast: { id, level, text, details } }: { toast: Entry }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dropToast(id), STAYS_MS);
    return () => clearTimeout(timer);
  }, [id, held]);
  return (
    <div
      className="toast"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <LevelMark level={level} />
      <p>
        {text}
        {details.length > 0 && <span className="quiet">{details[0]}</span>}
      </p>
      <Button
        kind="quiet"
        icon={<X size={13} aria-hidden="true" />}
        label="Dismiss"
        onClick={() => dropToast(id)}
      />
    </div>
  );
}
