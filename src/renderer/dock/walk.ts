/** F6 and Shift+F6 go from group to group of panels. */
export function walkGroups(): () => void {
  const walk = (event: KeyboardEvent) => {
    if (event.key !== "F6") return;
    const groups = [...document.querySelectorAll<HTMLElement>(".dock .dv-groupview")].filter(
      (group) => tabOf(group)?.checkVisibility() ?? false,
    );
    if (groups.length === 0) return;
    const at = groups.findIndex((group) => group.contains(document.activeElement));
    const next = at < 0 && event.shiftKey ? -1 : at + (event.shiftKey ? -1 : 1);
    tabOf(groups.at(next % groups.length)!)!.focus();
    event.preventDefault();
  };
  addEventListener("keydown", walk);
  return () => removeEventListener("keydown", walk);
}

const tabOf = (group: HTMLElement) =>
  group.querySelector<HTMLElement>('.dv-tab[role="tab"][aria-selected="true"]');
