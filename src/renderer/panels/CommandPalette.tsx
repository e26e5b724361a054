import { useEffect, useId, useMemo, useRef, useState } from "react";
import { noteCommand, rank, recentCommands } from "../session/commands.ts";
import type { Command } from "../session/commands.ts";
import { namedActions } from "./actions/go.ts";
import { actions } from "./actions/index.ts";

const MOST = 200;

/** Everything by name: typed letters narrow the list, arrows choose, Enter does it. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const place = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const [all] = useState(actions);
  const [recent] = useState(recentCommands);
  const id = useId();
  const found = useMemo(
    () => [...namedActions(typed), ...rank(all, typed, recent)].slice(0, MOST),
    [all, typed, recent],
  );

  useEffect(() => place.current!.showModal(), []);
  useEffect(() => {
    // it may answer with a promise, which is no way to tidy up
    list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);

  // closing gives the focus back, and tells of itself late
  const leave = () => {
    place.current!.close();
    onClose();
  };
  const go = (command: Command | undefined) => {
    if (!command) return;
    noteCommand(command.id);
    leave();
    command.run();
  };
  const move = (event: React.KeyboardEvent) => {
    // closed, it may hold the focus until the next frame
    if (!place.current!.open) return;
    event.stopPropagation();
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: found.length - 1 }[event.key];
    if (event.key === "Enter") go(found[at]);
    else if (event.key === "Escape") leave();
    else if (to !== undefined && found.length > 0) setAt((to + found.length) % found.length);
    else return;
    event.preventDefault();
  };

  return (
    <dialog
      ref={place}
      className="dialog palette"
      aria-label="Commands"
      onClose={onClose}
      onClick={(event) => event.target === place.current && leave()}
      onKeyDown={move}
    >
      <input
        role="combobox"
        aria-label="Command"
        aria-expanded="true"
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={found.length > 0 ? `${id}-${at}` : undefined}
        placeholder="What shall be done? A cell's number and a time work too"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
      />
      <ul ref={list} id={id} role="listbox" aria-label="Commands">
        {found.map((command, i) => (
          <li
            key={command.id}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === at}
            onPointerMove={() => setAt(i)}
            onClick={() => go(command)}
          >
            <span className="quiet">{command.group}</span>
            <span className="command-title">{command.title}</span>
            {command.keys && <kbd>{command.keys}</kbd>}
            {typed === "" && recent.includes(command.id) && <span className="quiet">used last</span>}
          </li>
        ))}
      </ul>
      <p className="quiet" role="status">
        {found.length === 0 ? "Nothing is called that." : `${found.length} found. ↑ ↓ choose, Enter does it.`}
      </p>
    </dialog>
  );
}
