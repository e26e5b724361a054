/** What the page remembers of its reader from one start to the next; nothing where the browser keeps nothing. */
const PREFIX = "beamwalk.";

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // a full or forbidden memory only forgets
  }
}
