import { Dialog } from "../widgets/Dialog.tsx";

const SHORTCUTS: readonly { title: string; keys: readonly [keys: string, what: string][] }[] = [
  {
    title: "Anywhere",
    keys: [
      ["Ctrl K", "find and do anything by name (⌘ K on a Mac)"],
      ["?", "this sheet"],
      ["Tab", "on to the next control"],
      ["Esc", "close what lies over the page, then clear the selection"],
    ],
  },
  {
    title: "Clock",
    keys: [
      ["Space", "play and pause"],
      ["← →", "one step back, one step on"],
      ["Home End", "to the start, to the end of the run"],
    ],
  },
  {
    title: "Findings",
    keys: [
      ["← →", "from tab to tab, where a tab has the focus"],
      ["Enter", "open what has the focus: a cell, a second, a handover"],
    ],
  },
  {
    title: "Pictures",
    keys: [
      ["← →", "the picture before, the next one, where one is enlarged"],
      ["Esc", "back to the gallery"],
    ],
  },
  {
    title: "Globe",
    keys: [
      ["drag", "turn"],
      ["wheel", "nearer, farther"],
      ["click", "choose the cell under the pointer"],
    ],
  },
];

export function Shortcuts({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard and pointer" onClose={onClose}>
      <div className="shortcuts">
        {SHORTCUTS.map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([key, what]) => (
                <div key={key}>
                  <dt>
                    {key.split(" ").map((part) => (
                      <kbd key={part}>{part}</kbd>
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
