import { openSheet } from "../../session/commands.ts";
import type { Command } from "../../session/commands.ts";
import { beginSteps } from "../../session/firstSteps.ts";
import { chooseTheme, THEME_CHOICES } from "../../session/theme.ts";
import { openPlan } from "../../session/view.ts";

const THEME_TITLES = { system: "Theme as the system has it", dark: "Dark theme", light: "Light theme" };

export function pageActions(): Command[] {
  const group = "Page";
  return [
    ...THEME_CHOICES.map((choice) => ({
      id: `theme ${choice}`,
      group,
      title: THEME_TITLES[choice],
      words: "colours appearance",
      run: () => chooseTheme(choice),
    })),
    {
      id: "shortcuts",
      group,
      title: "Keyboard shortcuts",
      words: "help keys",
      keys: "?",
      run: () => openSheet("shortcuts"),
    },
    {
      id: "first steps",
      group,
      title: "First steps",
      words: "help checklist begin tour",
      run: () => {
        beginSteps();
        openPlan();
      },
    },
  ];
}
