import { expect } from "@playwright/test";
import type { Locator, Page } from "@playwright/test";
import type { GlobeStats } from "../../../src/renderer/globe/stats.ts";
import { coloursIn } from "./pixels.ts";

/** The page as a user sees it. */
export class BeamwalkPage {
  readonly page: Page;
  readonly plan: Locator;
  readonly progress: Locator;
  readonly summary: Locator;
  readonly cell: Locator;
  readonly clock: Locator;
  readonly scrubber: Locator;
  readonly globe: Locator;

  constructor(page: Page) {
    this.page = page;
    this.plan = page.getByRole("button", { name: "Plan", exact: true });
    this.progress = page.getByRole("progressbar");
    this.summary = page.getByTestId("summary");
    this.cell = page.getByTestId("cell");
    this.clock = page.getByTestId("clock");
    this.scrubber = page.getByRole("slider", { name: /Time since the start/ });
    this.globe = page.getByTestId("globe");
  }

  async chooseFile(path: string): Promise<void> {
    await this.page.locator('[data-panel="scenario"] .file-drop input').first().setInputFiles(path);
  }

  /** A panel's tab in the dock. */
  tab = (name: string) => this.page.getByRole("tab", { name, exact: true });

  /** What a panel shows, and scrolls. */
  panel = (name: string) => this.page.locator(`[data-panel="${name.toLowerCase()}"]`);

  /** Brings a panel to the front, opened anew where it is closed. */
  async show(name: string): Promise<void> {
    if ((await this.tab(name).count()) > 0) return this.tab(name).click();
    await this.page.getByRole("button", { name: "Panels" }).click();
    await this.page.getByRole("group", { name: "Panels" }).getByRole("button", { name, exact: true }).click();
    await this.page.keyboard.press("Escape");
  }

  async layout(name: "Planner" | "Analyst" | "Presenter"): Promise<void> {
    await this.page.getByRole("group", { name: "Layout" }).getByRole("button", { name }).click();
  }

  async colourBy(text: string): Promise<void> {
    await this.page.getByLabel("Colour UEs by").selectOption(text);
  }

  async layer(name: string, on: boolean): Promise<void> {
    await this.page.getByRole("checkbox", { name, exact: true }).setChecked(on);
  }

  async scrubTo(timeS: number): Promise<void> {
    await this.scrubber.fill(String(timeS));
  }

  async stats(): Promise<GlobeStats> {
    return this.page.evaluate(() => {
      const { ues, recolourMs, moveMs, frameStep, loaded } = window.beamwalkStats!;
      return { ues, recolourMs, moveMs, frameStep, loaded };
    });
  }

  /** Waits until the UEs show a step of the run. */
  async shows(step: number): Promise<void> {
    await expect.poll(async () => (await this.stats()).frameStep).toBe(step);
  }

  /** Clicks the middle of a cell on the globe, where its number stands. */
  async clickCell(cell: number): Promise<void> {
    const label = this.page.locator(".globe-labels .cell", { hasText: new RegExp(`^${cell}$`) });
    const box = (await label.boundingBox())!;
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  }

  /** A picture of the globe alone, with nothing lying over it. */
  async picture(path?: string): Promise<string> {
    await this.settle();
    const style = ".map-controls, .globe-tools, .globe-labels, .credit, .tooltip { visibility: hidden }";
    return (await this.globe.screenshot({ path, style })).toString("base64");
  }

  /** Pixels of a picture near each of the given colours, as dots over the dimmed Earth show them. */
  coloursIn = (picture: string, colours: string[]) => coloursIn(this.page, picture, colours);

  /** Waits until the Earth is whole and what changed last has been drawn. */
  async settle(): Promise<void> {
    await expect.poll(async () => (await this.stats()).loaded).toBe(true);
    await this.page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
  }
}
