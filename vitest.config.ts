import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/unit/**/*.test.ts", "test/reference/**/*.test.ts", "test/architecture.test.ts"],
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});
