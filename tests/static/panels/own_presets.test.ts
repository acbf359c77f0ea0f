/** A team's own presets: saved from a canvas, put onto any other; tests/layouts/test_presets.py reads the same cases. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { placesOf, sharesOf, type Shapes } from "../../../static/src/editor/commands/places.ts";
import { applyOwnPreset, applyPreset, PRESETS } from "../../../static/src/editor/commands/presets.ts";
import { resizeCanvas } from "../../../static/src/editor/commands/canvas.ts";
import { faults } from "../../../static/src/editor/document/validate.ts";
import { boxOf, documentOf, region, text } from "../documents.ts";
import { forSeeds } from "../random.ts";

const CASES = JSON.parse(readFileSync(join(import.meta.dirname, "../../fixtures/own_presets.json"), "utf8")) as { why: string; shapes: Shapes; canvas: [number, number]; places: number[][] }[];

describe("places", () => {
  for (const { why, shapes, canvas, places } of CASES) {
    test(why, () => assert.deepEqual(placesOf(shapes, { width: canvas[0], height: canvas[1] }).map(({ x, y, width, height }) => [x, y, width, height]), places));
  }
});

test("what was saved is put back to the pixel, on a canvas of the same size", () => {
  for (const preset of PRESETS) {
    const document = applyPreset(documentOf(), preset);
    const again = applyOwnPreset(documentOf(), { wide: sharesOf(document) });
    assert.deepEqual(again.objects.map(({ x, y, width, height }) => [x, y, width, height]), document.objects.map(({ x, y, width, height }) => [x, y, width, height]), preset);
  }
});

test("anything that was drawn makes a sound layout on any canvas", () => {
  forSeeds(60, (random) => {
    const drawn = documentOf(...Array.from({ length: random.int(1, 9) }, (_, at) => random.object(`o${at}`)));
    const shares = sharesOf(drawn);
    if (shares.length === 0) return;
    const canvas = resizeCanvas(documentOf(), random.int(120, 3840), random.int(120, 3840));
    assert.deepEqual(faults(applyOwnPreset(canvas, { wide: shares })), []);
  });
});

test("people keep their seats, what is hidden is not saved, a screen stays a screen", () => {
  const document = documentOf(region("a", 0, 0, 640, 720), region("b", 640, 0, 640, 720, { source: { slot: "b", stream: "screen" } }), region("h", 0, 0, 9, 9, { hidden: true }), text("t", 0, 0, 9, 9));
  const shares = sharesOf(document);
  assert.deepEqual(shares.map(({ stream }) => stream), ["camera", "screen"]);
  const other = applyOwnPreset(documentOf(region("x", 5, 5, 50, 50), region("y", 500, 5, 50, 50), region("z", 900, 5, 50, 50)), { wide: shares });
  assert.deepEqual([boxOf(other, "x"), boxOf(other, "y")], [[0, 0, 640, 720], [640, 0, 640, 720]]);
  assert.deepEqual(other.objects.map((one) => one.kind === "region" && [one.id, one.hidden, one.source.stream]), [["x", false, "camera"], ["y", false, "screen"], ["z", true, "camera"]]);
});
