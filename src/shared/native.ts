/** What the desktop door gives the page beyond the web platform; absent in a browser. */
export interface Native {
  /** Where a dropped or chosen file lies on disk; empty for a file made in memory. */
  pathOfFile(file: File): string;
}

declare global {
  interface Window {
    readonly beamwalk?: Native;
  }
}
