import { createStore } from "zustand/vanilla";
import { recall, remember } from "./memory.ts";

export const THEME_CHOICES = ["system", "dark", "light"] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];
export type Theme = Exclude<ThemeChoice, "system">;

/** What was chosen, and what that comes to on this machine. */
export const theme = createStore<{ choice: ThemeChoice; shown: Theme }>(() => ({
  choice: "system",
  shown: "dark",
}));

const LIGHT = "(prefers-color-scheme: light)";

export function chooseTheme(choice: ThemeChoice): void {
  const shown = choice !== "system" ? choice : matchMedia(LIGHT).matches ? "light" : "dark";
  // before the store tells, for charts read their colours from the page
  document.documentElement.dataset.theme = shown;
  remember("theme", choice);
  theme.setState({ choice, shown });
}

export const switchTheme = () => chooseTheme(theme.getState().shown === "dark" ? "light" : "dark");

/** Takes up the theme chosen last, and follows the system where none was. */
export function startTheme(): void {
  const kept = recall("theme");
  chooseTheme(THEME_CHOICES.find((choice) => choice === kept) ?? "system");
  matchMedia(LIGHT).addEventListener("change", () => {
    if (theme.getState().choice === "system") chooseTheme("system");
  });
}
