/** Mending findings: the layout becomes what the product would draw, in one step. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fixAll, fixFor, type Broken } from "../../../static/src/editor/commands/fix.ts";
import type { LayoutDocument, LayoutObject } from "../../../static/src/editor/document/types.ts";
import { documentOf, region as regionAt } from "../documents.ts";

function region(id: string, more: object): LayoutObject {
  return regionAt(id, 40, 60, 320, 180, more);
}

function broken(code: string, object_id: string | null, level: Broken["level"] = "changed"): Broken {
  return { code, object_id, level };
}

function only(document: LayoutDocument): LayoutObject {
  const [object] = document.objects;
  assert.ok(object);
  return object;
}

/** What a product draws of `document` in an output of half the size, with something about the first object changed. */
function halved(document: LayoutDocument, change: object): LayoutDocument {
  return {
    ...document,
    canvas: { ...document.canvas, width: document.canvas.width / 2, height: document.canvas.height / 2 },
    objects: document.objects.map((one) => ({ ...one, x: one.x / 2, y: one.y / 2, width: one.width / 2, height: one.height / 2, ...change }) as LayoutObject),
  };
}

describe("mending", () => {
  test("grows to what is drawn, in canvas pixels, and stays on the canvas", () => {
    const document = documentOf(region("a", { x: 1200, y: 650, width: 80, height: 70 }));
    const drawn = halved(document, { x: 520, y: 240, width: 120, height: 120 });
    const mended = only(fixAll([broken("region_too_small", "a")], document, drawn));
    assert.deepEqual([mended.x, mended.y, mended.width, mended.height], [1040, 480, 240, 240]);
  });

  test("edges go to even pixels, and a second time changes nothing", () => {
    const document = documentOf(region("a", { x: 3, y: 7, width: 101, height: 55 }));
    const once = fixAll([broken("snapped", "a")], document, null);
    const { x, y, width, height } = only(once);
    assert.ok([x, y, x + width, y + height].every((edge) => edge % 2 === 0));
    assert.equal(fixFor(broken("snapped", "a"), once, null), null);
  });

  test("moves inside, and shrinks what is larger than the canvas", () => {
    const outside = only(fixAll([broken("off_canvas", "a", "dropped")], documentOf(region("a", { x: -500, y: 900, width: 200, height: 100 })), null));
    assert.deepEqual([outside.x, outside.y], [0, 620]);
    const large = only(fixAll([broken("clamped", "a")], documentOf(region("a", { x: -10, y: -10, width: 4000, height: 3000 })), null));
    assert.deepEqual([large.x, large.y, large.width, large.height], [0, 0, 1280, 720]);
  });

  test("takes the fit and the looks that are drawn", () => {
    const document = documentOf(region("a", { fit: "contain", opacity: 0.5, corner_radius: 12 }));
    const drawn = halved(document, { fit: "cover" });
    const mended = only(fixAll([broken("fit_common", "a"), broken("opacity_ignored", "a"), broken("corner_radius_ignored", "a")], document, drawn));
    assert.ok(mended.kind === "region");
    assert.deepEqual([mended.fit, mended.opacity, mended.corner_radius], ["cover", 1, 0]);
  });

  test("removes what is dropped; a locked object and a person's judgement are left alone", () => {
    const document = documentOf(region("a", {}), region("b", { locked: true }));
    assert.equal(fixFor(broken("slot_unbound", "a", "dropped"), document, null), "remove");
    assert.deepEqual(fixAll([broken("slot_unbound", "a", "dropped"), broken("slot_unbound", "b", "dropped")], document, null).objects.map(({ id }) => id), ["b"]);
    assert.equal(fixFor(broken("missing_variable", "a"), document, null), null);
    assert.equal(fixFor(broken("region_too_small", "a"), document, null), null);
    assert.equal(fixFor(broken("snapped", "nobody"), document, null), null);
  });

  test("a translucent canvas becomes the color that is drawn", () => {
    const document = { ...documentOf(), canvas: { width: 1280, height: 720, color: "#FFFFFF80" } };
    const drawn = { ...document, canvas: { ...document.canvas, color: "#808080" } };
    assert.equal(fixAll([broken("canvas_opaque", null)], document, drawn).canvas.color, "#808080");
  });
});
