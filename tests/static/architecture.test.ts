/** Imports of the editor go one way round: tools → commands → geometry → document, types too. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, test } from "node:test";

const EDITOR = join(import.meta.dirname, "../../static/src/editor");

/** What the files of a folder may import: folders of the editor. Their own folder always. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  document: [],
  i18n: [],
  geometry: ["document"],
  fonts: ["geometry"],
  // The open layout: everything above stands on it, and it knows nothing of them.
  state: ["document", "geometry", "i18n"],
  a11y: ["state", "document", "geometry", "i18n"],
  commands: ["geometry", "document"],
  tools: ["commands", "geometry", "document", "state", "a11y", "i18n"],
  ui: ["i18n"],
  canvas: ["tools", "commands", "fonts", "geometry", "document", "actions", "state", "i18n", "ui"],
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

/** Files that import one another in a circle, a group each. `import type` counts as well. */
function circles(): string[][] {
  const imports = new Map(files.map((file) => [file, imported(file).filter((path) => files.includes(path))]));
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.get(file) ?? 0);
    stack.push(file);
    for (const next of imports.get(file) ?? []) {
      if (!index.has(next)) {
        visit(next);
        low.set(file, Math.min(low.get(file) ?? 0, low.get(next) ?? 0));
      } else if (stack.includes(next)) low.set(file, Math.min(low.get(file) ?? 0, index.get(next) ?? 0));
    }
    if (low.get(file) !== index.get(file)) return;
    const group = stack.splice(stack.indexOf(file));
    if (group.length > 1) found.push(group.toSorted());
  };
  for (const file of files) if (!index.has(file)) visit(file);
  return found;
}

describe("the editor's imports", () => {
  for (const [folder, may] of Object.entries(MAY)) {
    test(`${folder} imports ${may.join(", ") || "nothing else"}`, () => {
      const inside = files.filter((file) => file.startsWith(`${folder}/`));
      assert.ok(inside.length > 0);
      assert.deepEqual(inside.flatMap((file) => strays(file, folder, may)), []);
    });
  }
  test("nothing imports in a circle", () => {
    assert.deepEqual(circles(), []);
  });
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
