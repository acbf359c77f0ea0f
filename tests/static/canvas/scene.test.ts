/** What of the canvas is painted again after a change. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { changedPart, onDevice } from "../../../static/src/editor/canvas/scene.ts";
import { moveObjects } from "../../../static/src/editor/commands/boxes.ts";
import { bringToFront } from "../../../static/src/editor/commands/order.ts";
import { toggleAll } from "../../../static/src/editor/commands/properties.ts";
import { contains } from "../../../static/src/editor/geometry/rect.ts";
import { documentOf, ids, region } from "../documents.ts";
import { forSeeds } from "../random.ts";

const view = { zoom: 0.5, x: 10, y: 20 };
const three = documentOf(region("a", 0, 0, 100, 100), region("b", 200, 0, 100, 100), region("c", 400, 400, 100, 100));

describe("what is painted again", () => {
  test("nothing for the same document", () => assert.equal(changedPart(three, three, view), null));
  test("where a moved object lay and lies", () => {
    assert.deepEqual(changedPart(three, moveObjects(three, ids("a"), 40, 60), view), { x: 10, y: 20, width: 70, height: 80 });
  });
  test("what changes places", () => {
    assert.deepEqual(changedPart(three, bringToFront(three, ids("b")), view), { x: 110, y: 20, width: 150, height: 250 });
  });
  test("what goes and what comes", () => {
    const hidden = toggleAll(three, ids("c"), "hidden");
    assert.deepEqual(changedPart(three, hidden, view), { x: 210, y: 220, width: 50, height: 50 });
    assert.deepEqual(changedPart(hidden, three, view), changedPart(three, hidden, view));
    assert.deepEqual(changedPart(three, { ...three, objects: three.objects.slice(0, 2) }, view), { x: 210, y: 220, width: 50, height: 50 });
  });
  test("no pixel that looks different is left out", () => {
    forSeeds(100, (random) => {
      const before = random.document();
      const after = moveObjects(before, random.ids(before), random.int(-50, 50), random.int(-50, 50));
      const part = changedPart(before, after, view);
      after.objects.forEach((object, place) => {
        const old = before.objects[place];
        if (object.hidden || !old || (object.x === old.x && object.y === old.y)) return;
        for (const box of [onDevice(object, view), onDevice(old, view)]) {
          assert.ok(part && contains(part, box) && contains(part, { x: box.x + box.width - 1, y: box.y + box.height - 1 }));
        }
      });
    });
  });
});
