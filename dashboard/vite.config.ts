import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const upstream = process.env.CLOISTER_URL ?? "http://127.0.0.1:3000";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./app", import.meta.url)) } },
  build: {
    target: "es2022",
    // The polyfill is an inline script, and every browser of our target has module preloading.
    modulePreload: { polyfill: false },
    // Everything stays a file of our own origin: no data: URLs for scripts, styles or fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        // What every page needs is one file, not dozens of small ones.
        codeSplitting: {
          groups: [
            {
              name: "libraries",
              test: /node_modules\/(react|react-dom|scheduler|@mantine|@tanstack|@floating-ui)\//,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: { "/api": { target: upstream, ws: true }, "/healthz": upstream },
  },
  test: {
    projects: [
      { extends: true, test: { name: "unit", environment: "node", include: ["test/unit/**/*.test.ts"] } },
      {
        extends: true,
        test: {
          name: "browser",
          environment: "node",
          include: ["test/browser/**/*.test.ts"],
          fileParallelism: false,
          // Generous: a loaded machine may be twenty times slower than a desk. Nothing waits this long when well.
          testTimeout: 240_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
});
