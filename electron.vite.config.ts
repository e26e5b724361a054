import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";
import { viteStaticCopy } from "vite-plugin-static-copy";

const cesiumFolder = (folder: string) => ({
  src: `../../node_modules/@cesium/engine/${folder}`,
  dest: "cesium",
  rename: { stripBase: 4 },
});

export default defineConfig({
  main: {
    build: {
      rolldownOptions: {
        input: Object.fromEntries(
          Object.entries({
            index: "index",
            serve: "serve",
            cli: "cli",
            engine: "jobs/engine",
            worker: "jobs/worker",
            meter: "energy/meter-thread",
          }).map(([name, file]) => [name, resolve(import.meta.dirname, `src/main/${file}.ts`)]),
        ),
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      isolatedEntries: false,
      rolldownOptions: { output: { format: "cjs", entryFileNames: "index.cjs" } },
    },
  },
  renderer: {
    define: { CESIUM_BASE_URL: JSON.stringify("./cesium/") },
    plugins: [
      react(),
      viteStaticCopy({
        targets: [
          cesiumFolder("Source/Assets"),
          cesiumFolder("Build/ThirdParty"),
          cesiumFolder("Build/Workers"),
        ],
      }),
    ],
    build: { minify: true, chunkSizeWarningLimit: 6000 },
  },
});
