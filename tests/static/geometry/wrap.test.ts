/** Lines and names as the server breaks and cuts them; tests/preview/test_preview_text.py reads the same cases. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { linesIn, onOneLine } from "../../../static/src/editor/geometry/wrap.ts";

interface Cases {
  readonly texts: readonly { readonly why: string; readonly text: string; readonly width: number; readonly height: number; readonly lines: readonly string[] }[];
  readonly names: readonly { readonly why: string; readonly name: string; readonly room: number; readonly shown: string }[];
}

const { texts, names } = JSON.parse(readFileSync(join(import.meta.dirname, "../../fixtures/texts.json"), "utf8")) as Cases;
const measure = (part: string): number => [...part].length * 10;

describe("texts", () => {
  for (const { why, text, width, height, lines } of texts) test(why, () => assert.deepEqual(linesIn(text, width, height, 12, measure), lines));
});

describe("names", () => {
  for (const { why, name, room, shown } of names) test(why, () => assert.equal(onOneLine(name, room, measure), shown));
});

test("no more is looked at than the server looks at, counted in characters", () => {
  assert.deepEqual(linesIn("😀".repeat(4001), 1e9, 999, 12, measure), ["😀".repeat(4000)]);
});
