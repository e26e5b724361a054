import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { dataFile } from "./doors.ts";
import { expect, test } from "./fixtures.ts";

/** The end of the storm's colours. */
const BRIGHTEST = [252, 255, 164];

/** Share of a canvas' pixels of one colour. */
const shareOf = (canvas: Locator, colour: number[]) =>
  canvas.evaluate((element: HTMLCanvasElement, [r, g, b]) => {
    const { width, height } = element;
    const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
    copy.drawImage(element, 0, 0);
    const { data } = copy.getImageData(0, 0, width, height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4)
      if (data[i] === r && data[i + 1] === g && data[i + 2] === b) count++;
    return count / (width * height);
  }, colour);

async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(".dock").analyze();
  return violations
    .filter((v) => v.impact === "serious" || v.impact === "critical")
    .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")}`));
}

/** Columns of the table of totals, but for the names of its rows. */
const strategiesIn = async (page: Page) =>
  (await page
    .getByRole("table", { name: "Signalling of the whole run by strategy" })
    .getByRole("columnheader")
    .count()) - 1;

test("from the storm to a cell's ledger to one handover and its link", async ({ open, workplace }, info) => {
  const { run, handovers } = await workplace.plan(dataFile("small.json"));
  const app = await open(`#run=${run}`);
  const { page } = app;
  const map = page.getByTestId("storm-map");
  const canvas = map.getByRole("img", { name: /handovers\/s by cell and time/ });

  await test.step("the map is drawn and says its peak", async () => {
    await expect(app.summary).toBeVisible();
    await app.show("Storm");
    await expect(canvas).toBeVisible();
    await expect(page.getByTestId("storm-spot")).toContainText(/Peak: cell \d+, 00:00:\d\d: \d+ handovers/);
    // its brightest colour is the peak's, and most of the run's cells and seconds have another
    await expect.poll(() => shareOf(canvas, BRIGHTEST)).toBeGreaterThan(0);
    expect(await shareOf(canvas, BRIGHTEST)).toBeLessThan(0.1);
    expect(await serious(page)).toEqual([]);
    await page.screenshot({ path: info.outputPath("storm.png") });
  });

  await test.step("a limit tells how long it is passed", async () => {
    await map.getByLabel(/^Limit/).fill("0");
    await expect(map.locator(".storm-limit")).toContainText(/Above it for \d+ s in all, in 3 of 3 cells/);
  });

  await test.step("the totals are those of the plan, by strategy", async () => {
    const table = page.getByRole("table", { name: "Signalling of the whole run by strategy" });
    await expect(table.getByRole("row", { name: /^handovers begun/ })).toContainText(
      handovers.total.toLocaleString("en"),
    );
  });

  await test.step("the strategies lie over one another", async () => {
    const count = await strategiesIn(page);
    await app.show("Compare");
    const strategies = page.getByTestId("strategies");
    await expect(strategies.locator(".chart-key")).toHaveCount(count);
    await strategies.getByLabel("Cells").selectOption("all");
    await expect(strategies.locator(".chart canvas")).toBeVisible();
    await expect(page.getByTestId("beside").getByRole("columnheader")).toHaveCount(count + 1);
    await app.show("Storm");
  });

  await test.step("a point on the map is told in words, and a click goes there", async () => {
    const box = (await canvas.boundingBox())!;
    const at = { x: box.width * 0.609, y: 10 };
    await canvas.hover({ position: at });
    const spot = await page.getByTestId("storm-spot").innerText();
    const [, cell, clock] = /^Cell (\d+), (\d\d:\d\d:\d\d):/.exec(spot)!;
    await canvas.click({ position: at });
    await expect(app.clock).toHaveText(`${clock}.0`);
    const ledger = page.getByTestId("ledger");
    await expect(ledger.getByRole("heading", { name: new RegExp(`^Cell ${cell}`) })).toBeVisible();
    await expect(ledger.locator(".chart canvas")).toHaveCount(4);
    await expect(page).toHaveURL(new RegExp(`cell=${cell}(&|$)`));
    await ledger.getByRole("button", { name: "Show as table" }).click();
    await expect(ledger.getByRole("table", { name: /busiest seconds/ })).toBeVisible();
  });

  await test.step("a handover of this second opens with the cells heard and its link budget", async () => {
    const procedures = page.getByTestId("procedures");
    await procedures.getByRole("table").getByRole("button").first().click();
    const handover = page.getByTestId("handover");
    await expect(handover).toContainText(/success|too late|too early|wrong cell|failed/);
    await expect(app.tab("Handover")).toHaveAttribute("aria-selected", "true");
    await expect(handover).toBeInViewport();
    await expect(handover.getByTestId("condition")).toContainText(/A3-1: target .* dBm .* for \d+ ms/);
    await expect(handover.getByTestId("staying")).toContainText(/outage/i);
    await expect(handover.getByRole("img", { name: /SINR had it stayed/ })).toBeVisible();
    await expect(page.locator(".globe-labels .ring")).toHaveCount(1);
    await expect(page.getByTestId("legend")).toContainText(/UE \d+, whose handover is open/);
    expect(await serious(page)).toEqual([]);
    await page.screenshot({ path: info.outputPath("handover.png") });
  });

  await test.step("its UE's link is told term by term, and any other's at the time of the clock", async () => {
    await page.getByTestId("handover").getByRole("button", { name: "Link" }).click();
    const link = page.getByTestId("link");
    const heard = link.getByRole("list", { name: /Cells heard/ });
    await expect(heard.locator(".marked")).toHaveCount(2);
    for (const way of ["down", "up"])
      await expect(link.getByRole("list", { name: `Link budget ${way}` })).toContainText("free space");
    expect(await serious(page)).toEqual([]);
    await link.getByLabel("UE, at the time of the clock").fill("7");
    await expect(link.getByRole("heading", { name: /^Link of UE 7 / })).toBeVisible();
    await expect(link.getByLabel("UE, at the time of the clock")).toBeFocused();
    await page.screenshot({ path: info.outputPath("link.png") });
    await app.show("Storm");
  });

  await test.step("a dot on the globe chooses its UE, a flash its handover", async () => {
    const middleOf = async (ring: Locator) => {
      const { x, y, width, height } = (await ring.boundingBox())!;
      return [x + width / 2, y + height / 2] as const;
    };
    const ring = page.locator(".globe-labels .ring");
    const handover = /handover=\d+/.exec(page.url())![0];
    // the handover falls into the second that begins here, its flash is seen at the end of it
    await app.scrubber.focus();
    await page.keyboard.press("ArrowRight");
    const [opened, seven] = [await middleOf(ring.last()), await middleOf(ring.first())];
    await page.keyboard.press("Escape");
    await expect(ring).toHaveCount(0);
    await page.mouse.dblclick(...opened);
    await expect(page).toHaveURL(new RegExp(`${handover}(&|$)`));
    await page.keyboard.press("Escape");
    await page.mouse.dblclick(...seven);
    await expect(page).toHaveURL(/ue=7(&|$)/);
    await expect(page.getByTestId("legend")).toContainText("UE 7, whose link is shown");
    await app.show("Storm");
  });

  await test.step("the keyboard reaches every peak through the table, and Esc clears", async () => {
    await page.keyboard.press("Escape");
    await expect(page.getByTestId("handover")).toHaveCount(0);
    await map.getByRole("button", { name: "Show as table" }).focus();
    await page.keyboard.press("Enter");
    const peaks = map.getByRole("table", { name: "Peak of every cell, the greatest first" });
    await peaks.getByRole("button").first().focus();
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("ledger")).toBeVisible();
  });

  await test.step("a small window holds it all", async () => {
    await page.setViewportSize({ width: 1024, height: 700 });
    await expect(map).toBeVisible();
    const panel = app.panel("Storm");
    expect(await panel.evaluate((e) => e.scrollWidth - e.clientWidth)).toBeLessThanOrEqual(0);
    expect(await serious(page)).toEqual([]);
    await page.screenshot({ path: info.outputPath("small-window.png") });
  });
});

test("runs of a scenario lie over each other on one time axis, and another strategy is planned beside them", async ({
  open,
  workplace,
}) => {
  const first = await workplace.plan(dataFile("small.json"));
  const second = await workplace.plan(dataFile("small.json"));
  const app = await open(`#run=${second.run}`);
  const { page } = app;
  await expect(app.summary).toBeVisible();
  await app.show("Compare");
  const compare = page.getByTestId("compare");
  await compare.getByRole("checkbox", { name: new RegExp(first.run) }).check();
  await expect(compare.locator(".chart canvas")).toBeVisible();
  const begun = compare.getByRole("row", { name: /^handovers begun/ }).getByRole("cell");
  await expect(begun).toHaveCount(3);
  expect(await begun.nth(1).innerText()).toBe(await begun.nth(2).innerText());

  await compare.getByLabel("The same UEs by").selectOption("d1");
  await compare.getByRole("button", { name: "Plan" }).click();
  await expect(page).not.toHaveURL(new RegExp(second.run), { timeout: 60_000 });
  await app.show("Compare");
  for (const { run } of [first, second])
    await compare.getByRole("checkbox", { name: new RegExp(`^a3 · ${run}`) }).check();
  await expect(compare.getByRole("columnheader")).toHaveText([/Figure/, /^d1 /, /^a3 /, /^a3 /]);
});
