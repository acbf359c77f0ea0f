/** Every fixture document, judged as Python judges it (tests/layout_document/test_layout_parse.py reads the same files). */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { parseDocument } from "../../static/src/editor/document/parse.ts";
import type { LayoutDocument } from "../../static/src/editor/document/types.ts";
import { upgrade } from "../../static/src/editor/document/upgrade.ts";
import { faults } from "../../static/src/editor/document/validate.ts";

const FOLDER = join(import.meta.dirname, "../fixtures/layouts");
const read = (kind: string, name: string): unknown => JSON.parse(readFileSync(join(FOLDER, kind, name), "utf8"));
const byPlace = (a: { pointer: string; code: string }, b: { pointer: string; code: string }): number => `${a.pointer} ${a.code}`.localeCompare(`${b.pointer} ${b.code}`);

describe("valid documents", () => {
  const names = readdirSync(join(FOLDER, "valid"));
  test("there are enough of them", () => assert.ok(names.length >= 20));
  for (const name of names) {
    test(name, () => {
      const value = read("valid", name);
      assert.deepEqual(faults(value), []);
      const document = parseDocument(upgrade(value) as LayoutDocument);
      assert.deepEqual(faults(document), []);
      assert.deepEqual(parseDocument(document), document);
    });
  }
});

describe("invalid documents", () => {
  const names = readdirSync(join(FOLDER, "invalid"));
  test("there are enough of them", () => assert.ok(names.length >= 30));
  for (const name of names) {
    test(name, () => {
      const { document, problems } = read("invalid", name) as { document: unknown; problems: { pointer: string; code: string }[] };
      assert.deepEqual(faults(document).toSorted(byPlace), problems.map(({ pointer, code }) => ({ pointer, code })).toSorted(byPlace));
    });
  }
});
