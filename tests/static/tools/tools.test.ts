/** What the other tools do with a hand: drawing, cropping, guides, looking. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Editor } from "../../../static/src/editor/state/editor.ts";
import { zoomCrop } from "../../../static/src/editor/tools/select/cropping.ts";
import { Toolbox } from "../../../static/src/editor/tools/toolbox.ts";
import { boxOf, region } from "../documents.ts";
import { Hand, pair } from "../hand.ts";

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

describe("a crop under the hand", () => {
  test("an edge shows its numbers and the lines that hold", () => {
    const hand = new Hand(region("a", 100, 100, 320, 180), region("b", 338, 400, 100, 100)).double(200, 200);
    hand.editor.snapping = true;
    hand.press(420, 190).move(341, 190);
    const { label, guides } = hand.editor.gesture;
    assert.equal(label, "238 × 180");
    assert.deepEqual(guides.map(({ axis, at }) => [axis, at]), [["x", 338]]);
  });
  test("a line that the picture's own edge kept away from is not drawn", () => {
    const hand = new Hand(region("a", 100, 100, 320, 180), region("b", 424, 400, 100, 100)).double(200, 200);
    hand.editor.snapping = true;
    hand.press(420, 190).move(423, 190);
    assert.deepEqual(hand.editor.gesture.guides.filter(({ axis }) => axis === "x"), []);
  });
  test("the picture grows behind its window and shrinks back, one step, never smaller than the window", () => {
    const hand = new Hand(region("a", 100, 100, 320, 180)).double(200, 200);
    for (let turn = 0; turn < 3; turn += 1) assert.equal(zoomCrop(hand.toolbox.around, 1.25), true);
    const [large] = hand.editor.document.objects;
    assert.deepEqual(large?.kind === "region" && large.source_crop && [large.source_crop.width, large.source_crop.x], [0.512, 0.244]);
    assert.deepEqual(hand.box("a"), [100, 100, 320, 180]);
    assert.equal(zoomCrop(hand.toolbox.around, 1.5, { x: 1200, y: 700 }), false);
    zoomCrop(hand.toolbox.around, 0.1);
    const [whole] = hand.editor.document.objects;
    assert.equal(whole?.kind === "region" && (whole.source_crop ?? null), null);
    hand.editor.workInside(null);
    assert.equal(zoomCrop(hand.toolbox.around, 2), false);
  });
});

describe("guides", () => {
  test("one that is pressed is chosen, and lets go of what was selected", () => {
    const hand = pair();
    hand.editor.aids = { ...hand.editor.aids, guides: [{ axis: "x", at: 640 }] };
    hand.editor.select(new Set(["a"]));
    hand.click(640, 600);
    assert.deepEqual([hand.editor.guide, hand.editor.selection.size], [0, 0]);
    hand.click(120, 120);
    assert.equal(hand.editor.guide, null);
  });
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
