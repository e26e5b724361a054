import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { ReactNode } from "react";
import { Button } from "./Button.tsx";

interface Props {
  title: string;
  /** beside the title */
  tools?: ReactNode;
  children: ReactNode;
  onClose: () => void;
  onKey?: (key: string) => void;
}

/** Lies over the page; Esc closes it and nothing else. */
export function Dialog({ title, tools, children, onClose, onKey }: Props) {
  const place = useRef<HTMLDialogElement>(null);
  useEffect(() => place.current!.showModal(), []);
  return (
    <dialog
      ref={place}
      className="dialog"
      aria-label={title}
      onClose={onClose}
      onClick={(event) => event.target === place.current && place.current.close()}
      onKeyDown={(event) => {
        // closed, it may hold the focus until the next frame
        if (!place.current!.open) return;
        event.stopPropagation();
        onKey?.(event.key);
      }}
    >
      <div className="dialog-body">
        <div className="section-head">
          <h2>{title}</h2>
          <div className="button-row">
            {tools}
            <Button
              kind="quiet"
              icon={<X size={16} aria-hidden="true" />}
              label="Close (Esc)"
              onClick={() => place.current!.close()}
            />
          </div>
        </div>
        {children}
      </div>
    </dialog>
  );
}
