/** Our presets: the same regions as the server begins a layout with (tests/layout_document/test_layout_presets.py reads the same cases), under the same names. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { applyPreset, PRESETS, type Preset } from "../../../static/src/editor/commands/presets.ts";
import { resizeCanvas } from "../../../static/src/editor/commands/canvas.ts";
import { say, speak } from "../../../static/src/editor/i18n/strings.ts";
import { documentOf } from "../documents.ts";

const ROOT = join(import.meta.dirname, "../../..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const CASES = JSON.parse(read("tests/fixtures/presets.json")) as { preset: Preset; canvas: [number, number]; regions: unknown[] }[];

describe("on an empty canvas", () => {
  test("every preset has its cases", () => assert.deepEqual(new Set(CASES.map(({ preset }) => preset)), new Set(PRESETS)));
  for (const { preset, canvas, regions } of CASES) {
    test(`${preset} on ${canvas.join(" × ")}`, () => {
      const made = applyPreset(resizeCanvas(documentOf(), ...canvas), preset);
      assert.deepEqual(made.objects.map((one) => one.kind === "region" && [one.name, one.source.slot, one.source.stream, one.fit, one.x, one.y, one.width, one.height]), regions);
    });
  }
});

test("a preset is called the same here and in the gallery, in both languages", () => {
  const table = JSON.parse(read("apps/layout_document/presets.json")) as Record<string, { title: string }>;
  const catalogue = read("templates/locale/zh_Hans/LC_MESSAGES/django.po");
  for (const preset of PRESETS) {
    const title = table[preset]?.title ?? "";
    assert.equal(say(`p-${preset}`), title);
    speak("zh-hans");
    assert.ok(catalogue.includes(`msgid "${title}"\nmsgstr "${say(`p-${preset}`)}"\n`), say(`p-${preset}`));
    speak("en");
  }
});
