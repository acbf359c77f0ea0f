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

interface FontFaces {
  readonly families: readonly { readonly faces: readonly { readonly package: string; readonly file: string; readonly variable: boolean }[] }[];
}

/** The files of the chain of fonts keep their names: the editor loads them by need, and Python draws with them. */
function copyFonts(): Plugin {
  return {
    name: "copy-fonts",
    generateBundle() {
      const table = JSON.parse(readFileSync(resolve(here, "../apps/preview/font_table.json"), "utf8")) as FontFaces;
      // The base font's files are copied because the style sheet names them.
      for (const { package: from, file, variable } of table.families.slice(1).flatMap(({ faces }) => faces)) {
        for (const weight of variable ? ["wght"] : ["400", "700"]) {
          const name = file.replace("{weight}", weight);
          this.emitFile({ type: "asset", fileName: `fonts/${name}`, source: readFileSync(resolve(here, "node_modules", from, "files", name)) });
        }
      }
    },
  };
}

// Every name carries the hash of its content; manifest.json says which is which, and Django's {% static %} reads it
// (apps/core/static_files.py). Fonts keep their names: Python draws with the same files.
export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [copyImages(), copyFonts()],
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
        entryFileNames: "assets/[name]-[hash:8].js",
        chunkFileNames: "assets/chunk-[name]-[hash:8].js",
        assetFileNames: ({ names }) => (names[0]?.endsWith(".woff2") ? "fonts/[name][extname]" : "assets/[name]-[hash:8][extname]"),
      },
    },
  },
});
