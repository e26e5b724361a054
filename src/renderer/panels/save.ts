/** Gives a text to the user as a file. */
export function saveText(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Without what file systems dislike. */
export const fileName = (...parts: string[]) => parts.join("-").replaceAll(/[^\w.()-]+/g, "_");

/** The run's report as one HTML page. */
export const reportAddress = (run: string) => `/data/runs/${encodeURIComponent(run)}/report`;
