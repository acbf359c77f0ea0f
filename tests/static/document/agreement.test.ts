/** Every fixture document, judged as Python judges it (tests/layout_document/test_layout_parse.py reads the same files). */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { parseDocument } from "../../../static/src/editor/document/parse.ts";
import type { LayoutDocument } from "../../../static/src/editor/document/types.ts";
import { upgrade } from "../../../static/src/editor/document/upgrade.ts";
import { faults } from "../../../static/src/editor/document/validate.ts";

const FOLDER = join(import.meta.dirname, "../../fixtures/layouts");
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

describe("every rule of schema.json, broken alone", () => {
  interface Case {
    readonly pointer: string;
    readonly code: string;
    readonly drop?: boolean;
    readonly value?: unknown;
    readonly problems: readonly { readonly pointer: string; readonly code: string }[];
  }
  const { document, rules } = JSON.parse(readFileSync(join(FOLDER, "rules.json"), "utf8")) as { document: unknown; rules: readonly Case[] };

  function changed({ pointer, drop, value }: Case): unknown {
    const made = structuredClone(document);
    const path = pointer.split("/").slice(1);
    const last = path.pop();
    if (last === undefined) return value;
    let inner = made as Record<string, unknown>;
    for (const step of path) inner = inner[step] as Record<string, unknown>;
    if (drop) delete inner[last];
    else inner[last] = value;
    return made;
  }

  test("the document they begin with is sound", () => assert.deepEqual(faults(document), []));
  test("there is one for each", () => assert.ok(rules.length > 150));
  for (const one of rules) test(`${one.pointer} ${one.code}`, () => assert.deepEqual(faults(changed(one)).toSorted(byPlace), one.problems.toSorted(byPlace)));
});
