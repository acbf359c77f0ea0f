import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";

const here = import.meta.dirname;
const PAGES = ["theme", "base", "editor", "player", "recordings", "task"];

/** Our pictures are named by templates and e-mails, so they keep their names: images/logo.svg → dist/images/logo.svg. */
function copyImages(): Plugin {
  const folder = resolve(here, "images");
  return {
    name: "copy-images",
    generateBundle() {
      for (const name of readdirSync(folder)) {
        this.emitFile({ type: "asset", fileName: `images/${name}`, source: readFileSync(resolve(folder, name)) });
      }
    },
  };
}

// Entries have fixed names because Django's {% static %} names them; the static files storage adds the hashes.
// Shared chunks carry their own hash: a browser reaches them only through an entry.
export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [copyImages()],
  build: {
    outDir: resolve(here, "dist"),
    emptyOutDir: true,
    target: "es2022",
    manifest: "manifest.json",
    modulePreload: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // htmx evaluates `hx-on` and filters; our content security policy forbids it anyway
      checks: { eval: false, pluginTimings: false },
      input: Object.fromEntries(PAGES.map((name) => [name, resolve(here, `src/pages/${name}.ts`)])),
      output: {
        entryFileNames: "assets/[name].js",
        chunkFileNames: "assets/chunk-[name]-[hash].js",
        assetFileNames: ({ names }) => (names[0]?.endsWith(".woff2") ? "fonts/[name][extname]" : "assets/[name][extname]"),
      },
    },
  },
});
