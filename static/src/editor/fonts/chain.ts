/** The chain of fonts in the browser: its table and files are loaded when a text needs them. */
import { composed, drawable, isPlain, MAX_CHARACTERS, type Drawable } from "./drawable.ts";
import { FALLBACK_FAMILIES, FontTable, type Face } from "./table.ts";

const MOST_KEPT = 2000;

/** For `font-family`. The names are our own: fonts that are installed under their usual names may be of other versions. */
export const TEXT_FONT = ["'Noto Sans SC'", ...FALLBACK_FAMILIES.map((name) => `'${familyName(name)}'`), "sans-serif"].join(", ");

let table: FontTable | null = null;
let loading: Promise<void> | null = null;
const drawn = new Map<string, Drawable>();
const requested = new Set<string>();
const listeners = new Set<() => void>();

/** Calls back when texts can be drawn better than before: the table is there. Files report to `document.fonts`. */
export function onFontTable(listener: () => void): void {
  listeners.add(listener);
}

/** The text as it can be drawn. Files that it takes are loaded; `document.fonts` says when they are there. */
export function drawableText(text: string, weight: number): string {
  if (isPlain(text) && text.length <= MAX_CHARACTERS) return text;
  if (!table) {
    void loadTable();
    return composed(text);
  }
  let result = drawn.get(text);
  if (!result) {
    result = drawable(text, table);
    if (drawn.size >= MOST_KEPT) drawn.clear();
    drawn.set(text, result);
  }
  for (const face of result.faces) loadFace(face, weight >= 600 ? 700 : 400);
  return result.text;
}

function loadTable(): Promise<void> {
  loading ??= import("../../../../apps/preview/font_table.json", { with: { type: "json" } }).then(
    ({ default: file }) => {
      table = new FontTable(file);
      for (const listener of listeners) listener();
    },
    () => {
      // The next text that needs it tries again.
      loading = null;
    },
  );
  return loading;
}

function loadFace({ family, file, variable, ranges }: Face, weight: number): void {
  const name = file.replace("{weight}", variable ? "wght" : String(weight));
  if (requested.has(name)) return;
  requested.add(name);
  const face = new FontFace(familyName(family), `url("${new URL(`../fonts/${name}`, assets()).href}") format("woff2")`, {
    weight: variable ? "100 900" : String(weight),
    unicodeRange: `U+${ranges.replaceAll(",", ", U+")}`,
    display: "block",
  });
  document.fonts.add(face);
  face.load().catch(() => {
    document.fonts.delete(face);
    requested.delete(name);
  });
}

function familyName(name: string): string {
  return `Quadbox ${name}`;
}

/** The folder of this script; the fonts lie beside it. */
function assets(): string {
  return import.meta.url;
}
