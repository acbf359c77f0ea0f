/** Presses, moves and releases on the real editor, without a browser. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { groupObjects } from "../../static/src/editor/commands/aids.ts";
import type { LayoutObject } from "../../static/src/editor/document/types.ts";
import { Editor } from "../../static/src/editor/editor.ts";
import { toCanvas } from "../../static/src/editor/geometry/view.ts";
import { openObject } from "../../static/src/editor/open_object.ts";
import type { Pointer } from "../../static/src/editor/tools/tool.ts";
import { Toolbox } from "../../static/src/editor/tools/toolbox.ts";
import { boxOf, documentOf, ids, region, text } from "./documents.ts";
import { forSeeds } from "./random.ts";

/** An editor with a hand: places are canvas pixels, at half size and shifted on the screen. */
class Hand {
  readonly editor: Editor;
  readonly toolbox: Toolbox;
  cursor = "default";

  constructor(...objects: LayoutObject[]) {
    this.editor = new Editor(documentOf(...objects), "Test", false);
    this.editor.view = { zoom: 0.5, x: 100, y: 60 };
    this.editor.snapping = false;
    const pictureSize = (): { width: number; height: number } => ({ width: 400, height: 300 });
    this.toolbox = new Toolbox(this.editor, { setCursor: (cursor) => (this.cursor = cursor), openObject: (id) => openObject(this.editor, id, pictureSize), pictureSize });
  }

  pointer(x: number, y: number, keys: Partial<Pointer> = {}): Pointer {
    const screen = { x: x * 0.5 + 100, y: y * 0.5 + 60 };
    return { screen, at: toCanvas(this.editor.view, screen), shift: false, alt: false, ctrl: false, touch: false, ...keys };
  }

  press(x: number, y: number, keys?: Partial<Pointer>): this {
    this.toolbox.handle("move", this.pointer(x, y, keys));
    this.toolbox.handle("press", this.pointer(x, y, keys));
    return this;
  }

  move(x: number, y: number, keys?: Partial<Pointer>): this {
    this.toolbox.handle("move", this.pointer(x, y, keys));
    return this;
  }

  release(x: number, y: number, keys?: Partial<Pointer>): this {
    this.toolbox.handle("release", this.pointer(x, y, keys));
    return this;
  }

  click(x: number, y: number, keys?: Partial<Pointer>): this {
    return this.press(x, y, keys).release(x, y, keys);
  }

  double(x: number, y: number): this {
    this.click(x, y).click(x, y);
    this.toolbox.handle("doublePress", this.pointer(x, y));
    return this;
  }

  drag(from: readonly [number, number], to: readonly [number, number], keys?: Partial<Pointer>): this {
    return this.press(...from, keys).move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, keys).move(...to, keys).release(...to, keys);
  }

  get selected(): string {
    return [...this.editor.selection].toSorted().join(" ");
  }

  box(id: string): number[] {
    return boxOf(this.editor.document, id);
  }
}

const pair = (): Hand => new Hand(region("a", 100, 100, 200, 200), region("b", 250, 150, 300, 200), text("t", 700, 500, 200, 60));

describe("selecting", () => {
  test("a click takes the front one, empty canvas clears", () => {
    const hand = pair().click(270, 200);
    assert.equal(hand.selected, "b");
    assert.equal(hand.click(1000, 50).selected, "");
  });
  test("shift adds and removes", () => {
    const hand = pair().click(120, 120).click(500, 300, { shift: true });
    assert.equal(hand.selected, "a b");
    assert.equal(hand.click(120, 120, { shift: true }).selected, "b");
  });
  test("alt steps to what lies below", () => {
    const hand = pair().click(270, 200).click(270, 200, { alt: true });
    assert.equal(hand.selected, "a");
  });
  test("a marquee takes what it touches; locked and hidden objects never", () => {
    const hand = new Hand(region("a", 100, 100, 100, 100), region("b", 300, 100, 100, 100, { locked: true }), region("c", 300, 300, 100, 100, { hidden: true }), region("d", 500, 100, 100, 100));
    hand.drag([50, 50], [510, 420]);
    assert.equal(hand.selected, "a d");
    assert.equal(hand.editor.history.undoName, null);
    assert.equal(hand.click(350, 150).selected, "", "a locked object is not hit");
  });
  test("Esc in a marquee brings the selection back", () => {
    const hand = pair().click(120, 120).press(50, 50).move(900, 600);
    assert.equal(hand.selected, "a b t");
    hand.toolbox.cancel();
    assert.equal(hand.selected, "a");
    assert.equal(hand.toolbox.stateName, "idle");
  });
  test("one of several clicked again leads, and clicked once more stands alone", () => {
    const hand = pair().click(120, 120).click(500, 300, { shift: true }).click(120, 120);
    assert.deepEqual([hand.selected, hand.editor.keyObject], ["a b", "a"]);
    hand.click(120, 120);
    assert.deepEqual([hand.selected, hand.editor.keyObject], ["a", null]);
  });
});

describe("groups", () => {
  const grouped = (): Hand => {
    const hand = pair();
    hand.editor.apply("Group", hand.editor.document, { aids: groupObjects(hand.editor.aids, ids("a", "t"), null) });
    return hand;
  };
  test("a click takes the whole group, Ctrl+click the child", () => {
    assert.equal(grouped().click(120, 120).selected, "a t");
    assert.equal(grouped().click(120, 120, { ctrl: true }).selected, "a");
  });
  test("a double click opens it, Esc climbs out", () => {
    const hand = grouped().double(120, 120);
    assert.deepEqual([hand.selected, hand.editor.entered], ["a", "g1"]);
    assert.equal(hand.click(720, 520).selected, "t");
    hand.toolbox.cancel();
    assert.deepEqual([hand.selected, hand.editor.entered], ["a t", null]);
    hand.toolbox.cancel();
    assert.equal(hand.selected, "");
  });
  test("it moves as one, and a click beside it leaves it", () => {
    const hand = grouped().drag([120, 120], [170, 130]);
    assert.deepEqual([hand.box("a"), hand.box("t")], [[150, 110, 200, 200], [750, 510, 200, 60]]);
    hand.double(170, 130).click(500, 320);
    assert.deepEqual([hand.selected, hand.editor.entered], ["b", null]);
  });
});

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

describe("drawing", () => {
  test("a region is drawn and selected, and the tool falls back", () => {
    const hand = pair();
    hand.toolbox.choose("region");
    assert.equal(hand.cursor, "crosshair");
    hand.drag([800, 100], [1100, 300]);
    assert.deepEqual([hand.box("r1"), hand.selected, hand.toolbox.tool], [[800, 100, 300, 200], "r1", "select"]);
  });
  test("a click places the usual size; a kept tool stays", () => {
    const hand = pair();
    hand.editor.keepTool = true;
    hand.toolbox.choose("region");
    hand.click(640, 360);
    assert.deepEqual([hand.box("r1"), hand.toolbox.tool], [[384, 216, 512, 288], "region"]);
  });
  test("a drawn text opens for writing", () => {
    const hand = pair();
    hand.toolbox.choose("text");
    hand.drag([100, 500], [500, 560]);
    assert.deepEqual(hand.editor.inside, { kind: "text", id: "t1" });
  });
});

describe("cropping", () => {
  test("a double click opens it; the picture is carried, the box stays", () => {
    const hand = new Hand(region("a", 100, 100, 400, 400)).double(200, 200);
    assert.deepEqual([hand.editor.inside, hand.toolbox.stateName], [{ kind: "crop", id: "a" }, "crop"]);
    hand.drag([300, 300], [250, 300]);
    assert.deepEqual(hand.box("a"), [100, 100, 400, 400]);
    const [object] = hand.editor.document.objects;
    const crop = object?.kind === "region" ? object.source_crop : null;
    // A square window sees 540 of 960 pixels; 50 of its 400 are 67.5 of them, to the right of the middle.
    assert.deepEqual(crop, { x: 0.289063 - 0, y: 0, width: 0.5625, height: 1 });
    assert.equal(hand.editor.history.undoName, "Crop Object".replace("Object", "Region a"));
  });
  test("an edge crops, Esc puts back, a press elsewhere ends it", () => {
    const hand = new Hand(region("a", 100, 100, 320, 180)).double(200, 200);
    hand.drag([420, 190], [340, 190]);
    assert.deepEqual(hand.box("a"), [100, 100, 240, 180]);
    hand.press(300, 200).move(360, 260);
    hand.toolbox.cancel();
    assert.equal(hand.toolbox.stateName, "crop");
    hand.editor.undo();
    assert.deepEqual(hand.box("a"), [100, 100, 320, 180]);
    hand.double(200, 200).click(900, 600);
    assert.deepEqual([hand.editor.inside, hand.toolbox.stateName], [null, "idle"]);
  });
});

describe("guides", () => {
  test("drawn out of a ruler, moved, and back into it; each one step", () => {
    const hand = pair();
    const onRuler = hand.pointer(-190, 300);
    assert.ok(onRuler.screen.x < 20);
    hand.press(-190, 300).move(40, 300).move(640, 300).release(640, 300);
    assert.deepEqual(hand.editor.aids.guides, [{ axis: "x", at: 640 }]);
    hand.drag([640, 600], [320, 600]);
    assert.deepEqual(hand.editor.aids.guides, [{ axis: "x", at: 320 }]);
    hand.drag([320, 600], [-190, 600]);
    assert.deepEqual(hand.editor.aids.guides, []);
    for (let step = 0; step < 3; step += 1) hand.editor.undo();
    assert.deepEqual([hand.editor.aids.guides, hand.editor.history.undoName], [[], null]);
  });
  test("objects snap to them", () => {
    const hand = pair();
    hand.editor.aids = { ...hand.editor.aids, guides: [{ axis: "x", at: 333 }] };
    hand.editor.snapping = true;
    hand.press(120, 200).move(345, 440);
    assert.equal(hand.box("a")[0], 333);
  });
});

describe("looking", () => {
  test("alt over another object shows the distances", () => {
    const hand = pair().click(120, 120).move(720, 520, { alt: true });
    assert.deepEqual(hand.editor.gesture.marks.map((mark) => [mark.axis, mark.to - mark.from]), [["x", 400], ["y", 200]]);
    assert.equal(hand.move(720, 520).editor.gesture.marks.length, 0);
  });
  test("space pans whatever the tool, and gives it back", () => {
    const hand = pair();
    hand.toolbox.choose("region");
    hand.toolbox.borrowPan(true);
    hand.drag([200, 200], [300, 200]);
    hand.toolbox.borrowPan(false);
    assert.deepEqual([hand.editor.view.x, hand.toolbox.tool, hand.editor.document.objects.length], [150, "region", 3]);
  });
  test("who only looks on can select, and moves nothing", () => {
    const hand = pair();
    const reader = new Editor(hand.editor.document, "Test", true);
    const toolbox = new Toolbox(reader, { setCursor: () => {}, openObject: () => {}, pictureSize: () => null });
    toolbox.handle("press", hand.pointer(120, 120));
    toolbox.handle("move", hand.pointer(400, 400));
    toolbox.handle("release", hand.pointer(400, 400));
    assert.deepEqual(boxOf(reader.document, "a"), [100, 100, 200, 200]);
  });
});
