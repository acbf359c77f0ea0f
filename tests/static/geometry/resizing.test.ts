/** How a handle changes boxes, freely and held to what a product draws. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { growObjects } from "../../../static/src/editor/commands/boxes.ts";
import type { LayoutObject } from "../../../static/src/editor/document/types.ts";
import { limitsOf } from "../../../static/src/editor/geometry/limits.ts";
import { boxOf, ids, region, text } from "../documents.ts";
import { Hand, pair } from "../hand.ts";

describe("resizing", () => {
  test("a corner resizes, shift keeps the ratio of a region", () => {
    const hand = pair().click(500, 300);
    hand.press(550, 350).move(650, 370);
    assert.deepEqual(hand.box("b"), [250, 150, 400, 220]);
    hand.toolbox.again({ shift: true });
    assert.deepEqual(hand.box("b"), [250, 150, 400, 267]);
    hand.release(650, 370, { shift: true });
    hand.editor.undo();
    assert.deepEqual(hand.box("b"), [250, 150, 300, 200]);
  });
  test("the whole side is a handle, and alt goes from the center", () => {
    const hand = pair().click(500, 300).drag([550, 220], [600, 220], { alt: true });
    assert.deepEqual(hand.box("b"), [200, 150, 400, 200]);
    assert.equal(hand.move(600, 260).cursor, "ew-resize");
  });
  test("it stops at two pixels and does not turn over", () => {
    assert.deepEqual(pair().click(500, 300).drag([550, 350], [0, 0]).box("b"), [250, 150, 2, 2]);
  });
  test("space carries the box instead", () => {
    const hand = pair().click(500, 300).press(550, 350).move(600, 400).move(620, 410, { space: true });
    assert.deepEqual(hand.box("b"), [270, 160, 350, 250]);
    hand.move(630, 410).release(630, 410);
    assert.deepEqual(hand.box("b"), [270, 160, 360, 250]);
  });
  test("several scale together about the opposite corner", () => {
    const hand = new Hand(region("a", 100, 100, 100, 100), region("b", 200, 100, 100, 100));
    hand.editor.select(ids("a", "b"));
    hand.drag([300, 200], [500, 300]);
    assert.deepEqual([hand.box("a"), hand.box("b")], [[100, 100, 200, 200], [300, 100, 200, 200]]);
  });
  test("the moving edge snaps to the edge of another", () => {
    const hand = new Hand(region("a", 100, 100, 100, 100), region("b", 400, 300, 200, 100)).click(150, 150);
    hand.editor.snapping = true;
    hand.drag([200, 150], [393, 150]);
    assert.deepEqual(hand.box("a"), [100, 100, 300, 100]);
  });
  test("an image keeps its ratio, shift frees it; the switch turns that round", () => {
    const picture = { kind: "image", id: "i", x: 100, y: 100, width: 200, height: 100, url: "https://example.com/a.png" } as LayoutObject;
    assert.deepEqual(new Hand(picture).click(150, 150).drag([300, 200], [400, 200]).box("i"), [100, 100, 300, 150]);
    assert.deepEqual(new Hand(picture).click(150, 150).drag([300, 200], [400, 200], { shift: true }).box("i"), [100, 100, 300, 100]);
    const hand = new Hand(picture);
    hand.editor.aids = { ...hand.editor.aids, ratio: { i: false } };
    assert.deepEqual(hand.click(150, 150).drag([300, 200], [400, 200]).box("i"), [100, 100, 300, 100]);
  });
});

test("several regions scale freely; together with one that keeps its ratio all do", () => {
  const hand = new Hand(region("a", 100, 100, 100, 100), region("b", 300, 100, 100, 100));
  hand.editor.select(ids("a", "b"));
  hand.drag([400, 200], [700, 200]);
  assert.deepEqual([hand.box("a"), hand.box("b")], [[100, 100, 200, 100], [500, 100, 200, 100]]);
  hand.editor.undo();
  hand.editor.aids = { ...hand.editor.aids, ratio: { b: true } };
  hand.drag([400, 200], [700, 300]);
  assert.deepEqual([hand.box("a"), hand.box("b")], [[100, 100, 200, 200], [500, 100, 200, 200]]);
});

describe("held to what a product draws", () => {
  const AGORA = { region_minimum: [120, 120], regions_even: true, overhang: ["text"], canvas_maximum: [1920, 1920], opacity: false } as const;
  const held = (...objects: LayoutObject[]): Hand => {
    const hand = new Hand(...objects);
    hand.editor.limits = limitsOf([AGORA], hand.editor.document.canvas);
    return hand;
  };
  test("a region stops at the least size, on even pixels, and does not turn over", () => {
    assert.deepEqual(held(region("a", 100, 100, 200, 200)).click(150, 150).drag([300, 300], [105, 105]).box("a"), [100, 100, 120, 120]);
    assert.deepEqual(held(region("a", 100, 100, 200, 200)).click(150, 150).drag([300, 300], [351, 373]).box("a"), [100, 100, 252, 274]);
    assert.deepEqual(held(region("a", 100, 100, 200, 200)).click(150, 150).drag([100, 100], [141, 121]).box("a"), [142, 122, 158, 178]);
  });
  test("texts know no least size", () => {
    assert.deepEqual(held(text("t", 100, 100, 201, 61)).click(150, 120).drag([301, 161], [120, 111]).box("t"), [100, 100, 20, 11]);
  });
  test("several stop before the smallest of them becomes too small", () => {
    const hand = held(region("a", 100, 100, 240, 240), region("b", 400, 100, 480, 480));
    hand.editor.select(ids("a", "b"));
    hand.drag([880, 580], [110, 110]);
    assert.deepEqual([hand.box("a")[2], hand.box("a")[3], hand.box("b")[2]], [120, 120, 240]);
  });
  test("a region moves on even pixels, also when it snaps", () => {
    const hand = held(region("a", 100, 100, 200, 200), region("b", 401, 400, 200, 200));
    assert.deepEqual(hand.drag([150, 150], [183, 181]).box("a"), [134, 132, 200, 200]);
    hand.editor.snapping = true;
    hand.press(183, 181).move(452, 190);
    assert.equal((hand.box("a")[0] ?? 1) % 2, 0);
  });
  test("arrow keys go by what can be said", () => {
    const hand = held(region("a", 100, 100, 200, 200));
    const { step } = hand.editor.limits;
    hand.editor.select(ids("a"));
    assert.equal(step, 2);
    assert.deepEqual(boxOf(growObjects(hand.editor.document, ids("a"), -200, 0, hand.editor.limits), "a"), [100, 100, 120, 200]);
  });
  test("a text may reach over the edge, a region not, and nothing leaves altogether", () => {
    const hand = held(text("t", 100, 100, 200, 60), region("a", 600, 300, 200, 200));
    assert.deepEqual(hand.drag([150, 120], [50, 40]).box("t"), [0, 20, 200, 60]);
    assert.deepEqual(hand.drag([100, 40], [-500, 40]).box("t"), [-184, 20, 200, 60]);
    assert.deepEqual(hand.drag([650, 350], [-500, 350]).box("a"), [0, 300, 200, 200]);
  });
  test("a drawn region is as large as it must be", () => {
    const hand = held();
    hand.toolbox.choose("region");
    hand.drag([801, 101], [851, 151]);
    assert.deepEqual(hand.box("r1"), [802, 102, 120, 120]);
  });
  test("for no product nothing changes", () => assert.deepEqual(pair().click(500, 300).drag([550, 350], [0, 0]).box("b"), [250, 150, 2, 2]));
});
