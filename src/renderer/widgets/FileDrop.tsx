import { FileUp } from "lucide-react";
import { useRef, useState } from "react";

interface Props {
  label: string;
  hint: string;
  accept: string;
  busy?: boolean;
  onFile: (file: File) => void;
}

/** Shows where a file may be dropped (the window takes it wherever it falls), and a button that chooses one. */
export function FileDrop({ label, hint, accept, busy, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <div
      className={over ? "file-drop over" : "file-drop"}
      onDragOver={() => setOver(true)}
      onDragLeave={() => setOver(false)}
      onDrop={() => setOver(false)}
    >
      <button type="button" disabled={busy} onClick={() => input.current?.click()}>
        <FileUp size={15} aria-hidden="true" />
        {busy ? "Reading …" : label}
      </button>
      <p>{hint}</p>
      <input
        ref={input}
        type="file"
        tabIndex={-1}
        className="hidden"
        aria-label={label}
        accept={accept}
        multiple
        onChange={(e) => {
          for (const file of e.target.files ?? []) onFile(file);
          e.target.value = "";
        }}
      />
    </div>
  );
}
