/** What is drawn for a text, as the server does it; tests/preview/test_fonts.py reads the same cases. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import table from "../../../apps/preview/font_table.json" with { type: "json" };
import { composed, drawable, isPlain, NO_CHARACTER } from "../../../static/src/editor/fonts/drawable.ts";
import { FALLBACK_FAMILIES, FontTable } from "../../../static/src/editor/fonts/table.ts";
import { clusters } from "../../../static/src/editor/geometry/clusters.ts";
import { directionOf } from "../../../static/src/editor/geometry/direction.ts";

interface Cases {
  readonly texts: readonly { readonly why: string; readonly text: string; readonly drawn: string }[];
  readonly clusters: readonly { readonly why: string; readonly text: string; readonly clusters: readonly string[] }[];
  readonly directions: readonly (readonly [string, string])[];
}

const cases = JSON.parse(readFileSync(join(import.meta.dirname, "../../fixtures/drawable.json"), "utf8")) as Cases;
const fonts = new FontTable(table);

describe("texts", () => {
  for (const { why, text, drawn } of cases.texts) test(why, () => assert.equal(drawable(text, fonts).text.replaceAll(NO_CHARACTER, "□"), drawn));
});

describe("clusters", () => {
  for (const each of cases.clusters) test(each.why, () => assert.deepEqual(clusters(each.text), each.clusters));
});

describe("directions", () => {
  for (const [text, direction] of cases.directions) test(JSON.stringify(text), () => assert.equal(directionOf(text), direction));
});

test("the families of the table are those of the font-family", () => {
  assert.deepEqual(table.families.map(({ name }) => name).slice(1), FALLBACK_FAMILIES);
});

test("a text names the files it takes, and no others", () => {
  const files = (text: string): string[] => drawable(text, fonts).faces.map(({ file }) => file);
  assert.deepEqual(files("Hello 直播"), []);
  assert.deepEqual(files("Олена и Ελένη"), ["noto-sans-cyrillic-{weight}-normal.woff2", "noto-sans-greek-{weight}-normal.woff2"]);
  assert.deepEqual(files("ሀ"), []);
});

test("plain texts need no table", () => {
  assert.ok(isPlain("Hello, “world”".replaceAll(/[“”]/g, '"')));
  assert.ok(!isPlain("直播"));
  for (let code = 0x20; code < 0x100; code += 1) {
    const letter = String.fromCodePoint(code);
    if (isPlain(letter)) assert.equal(drawable(letter, fonts).text, letter, code.toString(16));
  }
});

test("what is never drawn goes before the table is there", () => {
  assert.equal(composed("e\u0301\u2764\ufe0f"), "é\u2764");
});
