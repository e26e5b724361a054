import { defineConfig } from "@playwright/test";

// Plain JavaScript, for it also runs before anything is installed; its types are said here.
const chromium: string = "./scripts/chromium.mjs";
const { findChromium } = (await import(chromium)) as { findChromium: () => string | null };

/** Draws WebGL in software, so that a machine without a graphics card shows the same globe. */
const SOFTWARE_WEBGL = [
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
  "--disable-background-networking",
];
const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

export default defineConfig({
  testDir: "test/e2e",
  outputDir: "test-results",
  timeout: 120_000,
  expect: { timeout: 20_000 },
  workers: 1,
  // software drawing on a busy machine may be late once; what passes the second time is listed as flaky
  retries: process.env.CI ? 1 : 0,
  reporter: "list",
  use: {
    viewport: { width: 1440, height: 900 },
    colorScheme: "dark",
    // what a trace records costs a fifth of a test: where there is a second try, that one is enough
    trace: process.env.CI ? "on-first-retry" : "retain-on-failure",
    launchOptions: {
      executablePath: findChromium() ?? undefined,
      args: [...SOFTWARE_WEBGL, ...asRoot],
    },
  },
  projects: [
    { name: "browser" },
    // The same journeys in the real desktop window; the rest of the page is the same in both doors.
    { name: "electron", testMatch: ["journey.spec.ts", "people.spec.ts"] },
  ],
});
