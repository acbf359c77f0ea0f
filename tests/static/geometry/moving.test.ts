/** How a drag carries objects. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Clipboard } from "../../../static/src/editor/actions/clipboard_data.ts";
import { ids, region } from "../documents.ts";
import { Hand, pair } from "../hand.ts";
import { forSeeds } from "../random.ts";

describe("moving", () => {
  test("a press becomes a drag after four screen pixels", () => {
    const hand = pair().press(120, 120).move(126, 120).release(126, 120);
    assert.deepEqual([hand.box("a"), hand.selected], [[100, 100, 200, 200], "a"]);
    assert.equal(hand.editor.history.undoName, null);
  });
  test("one drag is one step, whatever its path", () => {
    const hand = pair().press(120, 120);
    for (let at = 0; at < 50; at += 1) hand.move(120 + at * 7, 120 + (at % 5) * 9);
    hand.move(220, 170).release(220, 170);
    assert.deepEqual(hand.box("a"), [200, 150, 200, 200]);
    hand.editor.undo();
    assert.deepEqual(hand.box("a"), [100, 100, 200, 200]);
    assert.equal(hand.editor.history.undoName, null);
  });
  test("Esc puts everything back and leaves no step", () => {
    const hand = pair().press(120, 120).move(300, 300);
    hand.toolbox.cancel();
    hand.move(400, 400).release(400, 400);
    assert.deepEqual(hand.box("a"), [100, 100, 200, 200]);
    assert.equal(hand.editor.history.undoName, null);
  });
  test("shift keeps to the stronger axis, also when pressed in the middle", () => {
    const hand = pair().press(120, 120).move(220, 150);
    hand.toolbox.again({ shift: true });
    assert.deepEqual(hand.box("a"), [200, 100, 200, 200]);
    hand.toolbox.again({ shift: false });
    assert.deepEqual(hand.box("a"), [200, 130, 200, 200]);
  });
  test("a duplicate after alt lies as far off again, and the next as that was moved", () => {
    const hand = new Hand(region("a", 100, 100, 200, 100)).drag([120, 120], [370, 150], { alt: true });
    const clipboard = new Clipboard(hand.editor, "layout", () => {});
    clipboard.duplicate();
    clipboard.duplicate();
    assert.deepEqual(hand.editor.document.objects.map(({ x, y }) => [x, y]), [[100, 100], [350, 130], [600, 160], [850, 190]]);
    hand.editor.select(ids("a"));
    clipboard.duplicate();
    assert.deepEqual(hand.editor.document.objects.map(({ x, y }) => [x, y]).at(-1), [110, 110]);
  });
  test("alt leaves a copy behind, which is another person", () => {
    const hand = pair().drag([120, 120], [160, 520], { alt: true });
    assert.equal(hand.editor.document.objects.length, 4);
    assert.deepEqual(hand.box("a"), [100, 100, 200, 200]);
    assert.deepEqual([hand.selected, hand.box("r1")], ["r1", [140, 500, 200, 200]]);
    assert.equal(hand.editor.history.undoName?.startsWith("Duplicate"), true);
  });
  test("nothing leaves the canvas, and that is said once", () => {
    const hand = pair();
    const said: string[] = [];
    hand.editor.onAnnounce((words) => said.push(words));
    hand.press(120, 120).move(-300, -300).move(-400, -400);
    assert.deepEqual([hand.box("a").slice(0, 2), said.length], [[0, 0], 1]);
  });
  test("what lies partly outside does not jump in", () => {
    const hand = new Hand(region("a", -50, 100, 200, 200)).drag([50, 150], [50, 160]);
    assert.deepEqual(hand.box("a"), [-50, 110, 200, 200]);
  });
  test("it snaps, and Ctrl means the opposite", () => {
    const hand = pair();
    hand.editor.snapping = true;
    hand.press(120, 120).move(120, 34);
    assert.deepEqual(hand.box("a").slice(0, 2), [100, 0]);
    assert.ok(hand.editor.gesture.guides.some((guide) => guide.axis === "y" && guide.at === 0));
    hand.toolbox.again({ ctrl: true });
    assert.deepEqual(hand.box("a").slice(0, 2), [100, 14]);
  });
  test("a locked object in the selection stays", () => {
    const hand = new Hand(region("a", 100, 100, 100, 100), region("b", 300, 100, 100, 100, { locked: true }));
    hand.editor.select(ids("a", "b"));
    hand.drag([120, 120], [150, 150]);
    assert.deepEqual([hand.box("a"), hand.box("b")], [[130, 130, 100, 100], [300, 100, 100, 100]]);
  });
  test("any path to the same end gives the same picture", () => {
    forSeeds(50, (random) => {
      const direct = pair().drag([120, 120], [333, 222]);
      const wandering = pair().press(120, 120);
      for (let step = 0; step < 30; step += 1) wandering.move(random.int(-200, 1400), random.int(-200, 900), { shift: random.chance(0.2), alt: random.chance(0.2) });
      wandering.move(333, 222).release(333, 222);
      assert.deepEqual(wandering.editor.document, direct.editor.document);
    });
  });
});
