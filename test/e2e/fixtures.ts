import { _electron, test as base } from "@playwright/test";
import type { BrowserContext, Page } from "@playwright/test";
import { electronBinary, rootFolder, Workplace } from "./doors.ts";
import { Ear } from "./ear.ts";
import { BeamwalkPage } from "./pages/BeamwalkPage.ts";

interface Fixtures {
  workplace: Workplace;
  /** the program, opened with an empty database unless `workplace.plan` came first */
  open: (hash?: string) => Promise<BeamwalkPage>;
  /** hears what passes between page and program, in the browser door */
  ear: Ear;
}

/** What the graphics driver says about its own speed is no word of the page. */
const DRIVER = /GL Driver Message|GPU stall due to ReadPixels/;

/** Everything that a quiet page must not do; read at the end of each test. */
class Guard {
  readonly said: string[] = [];
  readonly left: string[] = [];

  async watch(context: BrowserContext, page: Page): Promise<void> {
    page.on("console", (m) => {
      if (["error", "warning"].includes(m.type()) && !DRIVER.test(m.text())) this.said.push(m.text());
    });
    page.on("pageerror", (e) => this.said.push(e.message));
    await context.route(
      (url) => !["127.0.0.1", "beamwalk", ""].includes(url.hostname),
      (route) => {
        this.left.push(route.request().url());
        return route.abort();
      },
    );
  }
}

export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures it needs from this pattern
  workplace: async ({}, use) => {
    const workplace = new Workplace();
    await use(workplace);
    await workplace.close();
  },

  // oxlint-disable-next-line no-empty-pattern -- as above
  ear: async ({}, use) => {
    const ear = new Ear();
    await use(ear);
    ear.close();
  },

  open: async ({ workplace, ear, context, page }, use, info) => {
    const guard = new Guard();
    const closing: (() => Promise<void>)[] = [];
    await use(async (hash = "") => {
      if (info.project.name === "electron") {
        const window = await openWindow(workplace, closing);
        await guard.watch(window.context(), window);
        return new BeamwalkPage(window);
      }
      await guard.watch(context, page);
      await page.goto((await ear.before(await workplace.openDoor())) + hash);
      return new BeamwalkPage(page);
    });
    await Promise.all(closing.map((close) => close()));
    base.expect(guard.left, "requests that left the machine").toEqual([]);
    base.expect(guard.said, "errors and warnings on the console").toEqual([]);
  },
});

async function openWindow(workplace: Workplace, closing: (() => Promise<void>)[]): Promise<Page> {
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const program = await _electron.launch({
    executablePath: electronBinary()!,
    args: [rootFolder, ...asRoot],
    env: { ...(process.env as Record<string, string>), BEAMWALK_DB: workplace.db },
  });
  closing.push(() => program.close());
  return program.firstWindow();
}

export { expect } from "@playwright/test";
