/** What a click, a marquee and a double click select, by the real tools. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { groupObjects } from "../../../static/src/editor/commands/editor_state.ts";
import { ids, region } from "../documents.ts";
import { Hand, pair } from "../hand.ts";

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
    hand.editor.apply("Group", hand.editor.document, { aids: groupObjects(hand.editor.document, hand.editor.aids, ids("a", "t"), null) });
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
