import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { alignObjects } from "../../../static/src/editor/commands/arrange.ts";
import { growObjects, moveObjects, placeObjects } from "../../../static/src/editor/commands/boxes.ts";
import { changeCanvas, resizeCanvas } from "../../../static/src/editor/commands/canvas.ts";
import { addObject, deleteObjects, newRegion, pasteObjects } from "../../../static/src/editor/commands/objects.ts";
import { bringForward, bringToFront, orderAt, orderBeside, sendBackward, sendToBack } from "../../../static/src/editor/commands/order.ts";
import { applyPreset } from "../../../static/src/editor/commands/presets.ts";
import { changeObjects, changeSource, toggleAll } from "../../../static/src/editor/commands/properties.ts";
import { boxOf, documentOf, ids, order, region, text } from "../documents.ts";

const three = documentOf(region("a", 0, 0, 100, 100), region("b", 200, 50, 100, 100), text("t", 300, 300, 100, 40));

describe("boxes", () => {
  test("several objects move as one and stop at the canvas' edge together", () => {
    const moved = moveObjects(three, ids("a", "b"), -50, 10);
    assert.deepEqual([boxOf(moved, "a"), boxOf(moved, "b")], [[0, 10, 100, 100], [200, 60, 100, 100]]);
  });
  test("locked objects never move", () => {
    const locked = changeObjects(three, ids("a"), { locked: true });
    assert.deepEqual(boxOf(moveObjects(locked, ids("a"), 50, 50), "a"), [0, 0, 100, 100]);
    assert.deepEqual(boxOf(placeObjects(locked, new Map([["a", { x: 9, y: 9, width: 9, height: 9 }]])), "a"), [0, 0, 100, 100]);
  });
  test("one object aligns to the canvas, several to their box", () => {
    assert.equal(boxOf(alignObjects(three, ids("a"), "right"), "a")[0], 1180);
    assert.equal(boxOf(alignObjects(three, ids("a", "b"), "right"), "a")[0], 200);
  });
  test("growing moves the right and bottom edge", () => {
    assert.deepEqual(boxOf(growObjects(three, ids("b"), 10, -1), "b"), [200, 50, 110, 99]);
  });
  test("commands leave the old document as it was", () => {
    const before = JSON.stringify(three);
    moveObjects(three, ids("a"), 5, 5);
    deleteObjects(three, ids("a"));
    applyPreset(three, "grid-3x3");
    assert.equal(JSON.stringify(three), before);
  });
});

describe("objects", () => {
  test("new regions get fresh ids and slots, and are selected", () => {
    const first = addObject(documentOf(), newRegion(documentOf(), { x: 0, y: 0, width: 10, height: 10 }));
    const second = addObject(first.document, newRegion(first.document, { x: 0, y: 0, width: 10, height: 10 }));
    assert.deepEqual(second.document.objects.map((one) => one.kind === "region" && one.source.slot), ["host", "guest-1"]);
    assert.deepEqual([...second.selection], ["r2"]);
  });
  test("the hundred-and-first is refused", () => {
    const full = documentOf(...Array.from({ length: 100 }, (_, index) => text(`t${index}`, 0, 0, 10, 10)));
    assert.equal(addObject(full, text("more", 0, 0, 1, 1)).document.objects.length, 100);
  });
  test("a locked object is not deleted; what was attached stands alone", () => {
    const document = documentOf(region("a", 0, 0, 9, 9), region("b", 0, 0, 9, 9, { locked: true }), text("t", 0, 0, 9, 9, { attached_to: "a" }));
    const left = deleteObjects(document, ids("a", "b"));
    assert.equal(order(left), "b t");
    assert.deepEqual(left.objects[1]?.kind === "text" && left.objects[1].attached_to, null);
  });
  test("a copy shows somebody else and lies on the canvas", () => {
    const document = documentOf(region("a", 1200, 700, 80, 20));
    const { document: pasted, selection } = pasteObjects(document, document.objects, { x: 10, y: 10 });
    const copy = pasted.objects[1];
    assert.ok(copy?.kind === "region" && copy.source.slot !== "a" && selection.has(copy.id));
    assert.deepEqual([copy.x, copy.y], [1200, 700]);
  });
});

describe("order", () => {
  test("one step, and all the way", () => {
    assert.equal(order(bringForward(three, ids("a"))), "b a t");
    assert.equal(order(bringForward(three, ids("a", "b"))), "t a b");
    assert.equal(order(sendBackward(three, ids("b", "t"))), "b t a");
    assert.equal(order(bringToFront(three, ids("a"))), "b t a");
    assert.equal(order(sendToBack(three, ids("t"))), "t a b");
    assert.equal(order(orderBeside(three, ids("a"), ids("t"), "front")), "b t a");
    assert.deepEqual([1, 2, 3, 9].map((place) => order(orderAt(three, ids("b"), place))), ["a t b", "a b t", "b a t", "b a t"]);
    assert.equal(order(orderAt(three, ids("a", "b"), 1)), "t a b");
    assert.equal(order(orderBeside(three, ids("a", "t"), ids("b"), "behind")), "a t b");
    assert.equal(orderBeside(three, ids("a"), ids("a"), "front"), three, "beside itself is where it is");
    assert.equal(orderBeside(toggleAll(three, ids("a"), "locked"), ids("a"), ids("t"), "front").objects[0]?.id, "a", "locked");
  });
  test("what is in front already stays", () => assert.equal(order(bringForward(three, ids("t"))), "a b t"));
});

describe("properties", () => {
  test("only the named kinds change", () => {
    const changed = changeObjects(three, ids("a", "t"), { size: 50 }, new Set(["text"]));
    assert.ok(!("size" in (changed.objects[0] ?? {})));
    assert.equal(changed.objects[2]?.kind === "text" && changed.objects[2].size, 50);
  });
  test("a mixed selection is locked first, then unlocked", () => {
    const one = changeObjects(three, ids("a"), { locked: true });
    const all = toggleAll(one, ids("a", "b"), "locked");
    assert.deepEqual(all.objects.map((object) => object.locked), [true, true, false]);
    assert.deepEqual(toggleAll(all, ids("a", "b"), "locked").objects.map((object) => object.locked), [false, false, false]);
  });
  test("a source keeps what is not named", () => {
    const [first] = changeSource(three, ids("a"), { stream: "screen" }).objects;
    assert.deepEqual(first?.kind === "region" && first.source, { slot: "a", stream: "screen" });
  });
});

describe("canvas", () => {
  test("objects and letters scale with it, and its sides are limited", () => {
    const half = resizeCanvas(three, 640, 360);
    assert.deepEqual(boxOf(half, "b"), [100, 25, 50, 50]);
    assert.equal(half.objects[2]?.kind === "text" && half.objects[2].size, 16);
    assert.equal(resizeCanvas(three, 99_999, 1).canvas.width, 3840);
    assert.equal(resizeCanvas(three, 99_999, 1).canvas.height, 120);
  });
  test("color", () => assert.equal(changeCanvas(three, { color: "#FFFFFF" }).canvas.color, "#FFFFFF"));
});

describe("presets", () => {
  test("people are kept in reading order, missing ones added, texts stay in front", () => {
    const two = documentOf(region("right", 600, 0, 100, 100), region("left", 0, 0, 100, 100), text("t", 0, 0, 10, 10));
    const grid = applyPreset(two, "grid-2x2");
    assert.deepEqual([boxOf(grid, "left"), boxOf(grid, "right")], [[0, 0, 640, 360], [640, 0, 640, 360]]);
    assert.equal(grid.objects.length, 5);
    assert.equal(grid.objects.at(-1)?.id, "t");
  });
  test("surplus regions are hidden, and come back when there is room", () => {
    const one = applyPreset(documentOf(region("a", 0, 0, 9, 9), region("b", 20, 0, 9, 9)), "full");
    assert.deepEqual(one.objects.map((object) => object.hidden), [false, true]);
    assert.ok(applyPreset(one, "side-by-side").objects.every((object) => !object.hidden));
  });
  test("who is put in the screen's place is seen by what they share, whole, and the camera stays free for a place of its own", () => {
    const document = applyPreset(documentOf(region("a", 0, 0, 9, 9, { source: { slot: "host", stream: "camera" } })), "screen-column");
    assert.deepEqual(document.objects.map((one) => one.kind === "region" && [one.source.slot, one.source.stream, one.fit]), [["host", "screen", "contain"], ["host", "camera", "cover"], ["guest-1", "camera", "cover"], ["guest-2", "camera", "cover"]]);
  });
  test("a layout that is full takes no more regions", () => {
    const full = documentOf(...Array.from({ length: 98 }, (_, index) => text(`t${index}`, 0, 0, 10, 10)));
    assert.equal(applyPreset(full, "grid-2x2").objects.length, 100);
  });
});
