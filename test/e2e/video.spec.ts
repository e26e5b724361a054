import { readFile } from "node:fs/promises";
import { AxeBuilder } from "@axe-core/playwright";
import type { Download, Page } from "@playwright/test";
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from "mediabunny";
import { dataFile } from "./doors.ts";
import { expect, test } from "./fixtures.ts";
import type { BeamwalkPage } from "./pages/BeamwalkPage.ts";

/** What a file holds, read by other means than those of the page. */
async function contents(download: Download) {
  const input = new Input({
    source: new BufferSource(await readFile(await download.path())),
    formats: ALL_FORMATS,
  });
  const track = (await input.getPrimaryVideoTrack())!;
  const packets: { data: string; key: boolean; timestampS: number }[] = [];
  for await (const { data, type, timestamp } of new EncodedPacketSink(track).packets())
    packets.push({
      data: Buffer.from(data).toString("base64"),
      key: type === "key",
      timestampS: timestamp,
    });
  const { codec, codedWidth, codedHeight } = (await track.getDecoderConfig())!;
  return { packets, codec, size: [codedWidth, codedHeight], lengthS: await input.computeDuration() };
}

/** How many frames the browser decodes, and how many pixels of the first differ from those of the last. */
const decoded = (page: Page, { packets, codec }: Awaited<ReturnType<typeof contents>>) =>
  page.evaluate(
    async ([chunks, coder]) => {
      const canvas = new OffscreenCanvas(320, 180);
      const context = canvas.getContext("2d", { willReadFrequently: true })!;
      const pictures: Uint8ClampedArray[] = [];
      const decoder = new VideoDecoder({
        output: (frame) => {
          context.drawImage(frame, 0, 0, 320, 180);
          pictures.push(context.getImageData(0, 0, 320, 180).data);
          frame.close();
        },
        error: (error) => {
          throw error;
        },
      });
      decoder.configure({ codec: coder });
      for (const { data, key, timestampS } of chunks)
        decoder.decode(
          new EncodedVideoChunk({
            type: key ? "key" : "delta",
            timestamp: 1e6 * timestampS,
            data: Uint8Array.from(atob(data), (c) => c.charCodeAt(0)),
          }),
        );
      await decoder.flush();
      const [first, last] = [pictures[0]!, pictures.at(-1)!];
      let differing = 0;
      for (let i = 0; i < first.length; i += 4)
        if (Math.abs(first[i]! - last[i]!) + Math.abs(first[i + 1]! - last[i + 1]!) > 40) differing++;
      return { frames: pictures.length, colours: new Set(new Uint32Array(first.buffer)).size, differing };
    },
    [packets, codec] as const,
  );

async function fill(page: Page, from: number, to: number, speed: string, rate: string): Promise<void> {
  await page.getByLabel("From second").fill(String(from));
  await page.getByLabel("To second").fill(String(to));
  await page.getByRole("combobox", { name: "Speed" }).selectOption(speed);
  await page.getByLabel("Frames per second").selectOption(rate);
}

async function shoot({ page }: BeamwalkPage): Promise<Download> {
  const arrives = page.waitForEvent("download");
  await page.getByRole("button", { name: "Make the video" }).click();
  return arrives;
}

test("a video of the globe, frame by frame", async ({ open, workplace }, info) => {
  const { run } = await workplace.plan(dataFile("small.json"));
  const app = await open(`#run=${run}&t=20`);
  const { page } = app;
  const dialog = page.getByRole("dialog", { name: "Video of the globe" });
  const sizeNow = () =>
    app.globe.locator("canvas").evaluate(({ width, height }: HTMLCanvasElement) => [width, height]);
  await app.shows(20);
  await app.settle();
  const size = await sizeNow();

  const first = await test.step("it holds the frames that were asked for", async () => {
    await page.getByRole("button", { name: "Save video" }).click();
    await expect(page.getByLabel("From second")).toHaveValue("5");
    await fill(page, 25, 30, "5", "10");
    await expect(dialog).toContainText("11 frames, 1.1 s of video, VP9");
    await page.screenshot({ path: info.outputPath("video-form.png") });
    const { violations } = await new AxeBuilder({ page }).include("dialog").analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    const file = await shoot(app);
    expect(file.suggestedFilename()).toBe("small-row-25-30s.webm");
    await file.saveAs(info.outputPath("small-row.webm"));
    const held = await contents(file);
    expect(held.packets).toHaveLength(11);
    expect(held.size).toEqual([1280, 720]);
    expect(held.lengthS).toBeCloseTo(1.1, 2);
    expect(held.codec).toMatch(/^vp/);
    const { frames, colours, differing } = await decoded(page, held);
    expect(frames).toBe(11);
    expect(colours, "colours of the first frame").toBeGreaterThan(500);
    expect(differing, "pixels of 320 × 180 that changed").toBeGreaterThan(200);
    return held;
  });

  await test.step("the page is as it was", async () => {
    await expect(dialog).toHaveCount(0);
    await expect(page.getByText("Video saved: small-row-25-30s.webm").first()).toBeVisible();
    await app.shows(20);
    expect(await sizeNow()).toEqual(size);
  });

  await test.step("made again from another instant, it is the same file", async () => {
    await app.scrubTo(40);
    await page.getByRole("button", { name: "Save video" }).click();
    await fill(page, 25, 30, "5", "10");
    const again = await contents(await shoot(app));
    expect(again.packets).toEqual(first.packets);
    await app.shows(40);
  });
});

test("a video that is cancelled leaves nothing behind", async ({ open, workplace }, info) => {
  const { run } = await workplace.plan(dataFile("small.json"));
  const other = await workplace.plan(dataFile("small.json"));
  const app = await open(`#run=${run}&t=20`);
  const { page } = app;
  const files: string[] = [];
  page.on("download", (file) => files.push(file.suggestedFilename()));
  await app.shows(20);
  await page.getByRole("button", { name: "Save video" }).click();
  await fill(page, 0, 59, "1", "30");
  await page.getByRole("button", { name: "Make the video" }).click();
  await expect(page.getByText(/^Frame [3-9] of 1,771/)).toBeVisible();
  const cancel = page.getByRole("button", { name: "Cancel" });
  await expect(cancel).toBeFocused();
  await page.mouse.click(5, 5);
  await expect(page.getByRole("progressbar", { name: "Frames drawn" })).toBeVisible();
  await page.screenshot({ path: info.outputPath("video-progress.png") });
  await cancel.click();
  await expect(page.getByRole("button", { name: "Make the video" })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await app.shows(20);
  await expect(app.clock).toHaveText("00:00:20.0");
  await expect(page.locator(".posed")).toHaveCount(0);

  await test.step("nor does one whose run is closed meanwhile", async () => {
    await page.getByRole("button", { name: "Make the video" }).click();
    await expect(page.getByText(/^Frame [3-9] of 1,771/)).toBeVisible();
    await page.evaluate((hash) => void (location.hash = hash), `#run=${other.run}&t=40`);
    await app.shows(40);
    await expect(cancel).toHaveCount(0);
    await expect(page.locator(".posed")).toHaveCount(0);
    await expect(app.clock).toHaveText("00:00:40.0");
    await expect(page.getByLabel("From second")).toHaveValue("25");
  });
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(files).toEqual([]);
});

test("a stretch that cannot be a video is refused in words", async ({ open, workplace }) => {
  const { run } = await workplace.plan(dataFile("small.json"));
  const app = await open(`#run=${run}&t=20`);
  const { page } = app;
  await page.getByRole("button", { name: "Save video" }).click();
  await page.getByLabel("To second").fill("3");
  await expect(page.getByText("The end must come after the start.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Make the video" })).toBeDisabled();
  await page.getByLabel("To second").fill("99");
  await expect(page.getByText("A whole number from 0 to 60")).toBeVisible();
});

test("the report of a run is one page to save", async ({ open, workplace }) => {
  const { run } = await workplace.plan(dataFile("small.json"));
  const { page } = await open(`#run=${run}`);
  await expect(page.getByText(`beamwalk report ${run} --pdf report.pdf`)).toBeVisible();
  const arrives = page.waitForEvent("download");
  await page.getByRole("link", { name: "Report, HTML" }).click();
  const file = await arrives;
  expect(file.suggestedFilename()).toMatch(/report\.html$/);
  const text = await readFile(await file.path(), "utf8");
  expect(text).toContain("One satellite, three cells in a row");
  expect(text).toContain("<svg");
});
