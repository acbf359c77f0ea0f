/** Imports of the editor go one way round: tools → commands → geometry → document, types too. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, test } from "node:test";

const EDITOR = join(import.meta.dirname, "../../static/src/editor");

/** What the files of a folder may import: folders, and single files of the editor's own folder. Their own folder always. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  document: [],
  geometry: ["document"],
  fonts: ["geometry"],
  commands: ["geometry", "document"],
  // The open layout that they are given, and the words for a step.
  tools: ["commands", "geometry", "document", "editor.ts", "spoken.ts", "strings.ts"],
  canvas: ["tools", "commands", "fonts", "geometry", "document", "actions", "editor.ts", "strings.ts", "panels/dom.ts"],
  words: [],
};
/** The state that everything above stands on knows nothing of it. */
const STATE: Readonly<Record<string, readonly string[]>> = {
  "editor.ts": ["document", "geometry", "gesture.ts", "history.ts", "strings.ts"],
  "spoken.ts": ["document", "geometry", "editor.ts", "strings.ts"],
  "history.ts": ["document"],
  "gesture.ts": ["document", "geometry"],
  "strings.ts": ["words"],
};

const files = readdirSync(EDITOR, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));

/** Paths from the editor's folder, of everything a file imports or passes on. */
function imported(file: string): string[] {
  const text = readFileSync(join(EDITOR, file), "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, path = ""]) => relative(EDITOR, join(dirname(join(EDITOR, file)), path)));
}

function strays(file: string, own: string | null, may: readonly string[]): string[] {
  const fine = (path: string): boolean => /apps\/(layout_document\/(schema|presets)|preview\/font_table)\.json$/.test(path) || path.startsWith("../api/") || (own !== null && path.startsWith(`${own}/`)) || may.some((one) => path === one || path.startsWith(`${one}/`));
  return imported(file).filter((path) => !fine(path)).map((path) => `${file} imports ${path}`);
}

describe("the editor's imports", () => {
  for (const [folder, may] of Object.entries(MAY)) {
    test(`${folder} imports ${may.join(", ") || "nothing else"}`, () => {
      const inside = files.filter((file) => file.startsWith(`${folder}/`));
      assert.ok(inside.length > 0);
      assert.deepEqual(inside.flatMap((file) => strays(file, folder, may)), []);
    });
  }
  for (const [file, may] of Object.entries(STATE)) {
    test(`${file} imports ${may.join(", ")}`, () => assert.deepEqual(strays(file, null, may), []));
  }
  test("painters read: they know no command", () => {
    const painters = files.filter((file) => /^canvas\/(paint_|scene|rulers|stand_ins|snapshot)/.test(file));
    assert.ok(painters.length > 5);
    assert.deepEqual(painters.flatMap((file) => imported(file).filter((path) => path.startsWith("commands/"))), []);
  });
  test("pure parts touch no page", () => {
    const pure = files.filter((file) => /^(document|geometry|commands)\/|^fonts\/(drawable|table)/.test(file));
    const guilty = pure.filter((file) => /\b(localStorage|globalThis|navigator|requestAnimationFrame|HTMLElement)\b|\bdocument\.(body|createElement|querySelector|addEventListener)/.test(readFileSync(join(EDITOR, file), "utf8")));
    assert.deepEqual(guilty, []);
  });
});
