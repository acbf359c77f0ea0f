/** Places and sizes by number and by arrow key are held to the rules that hold a drag. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Actions } from "../../../static/src/editor/actions/registry.ts";
import { Clipboard } from "../../../static/src/editor/actions/clipboard_data.ts";
import { growObjects } from "../../../static/src/editor/commands/boxes.ts";
import { numberOf, setNumber } from "../../../static/src/editor/commands/numbers.ts";
import type { Box, LayoutObject } from "../../../static/src/editor/document/types.ts";
import { limitsOf, NO_LIMITS, type Limits } from "../../../static/src/editor/geometry/limits.ts";
import type { Api } from "../../../static/src/api/client.ts";
import { documentOf, ids, region, text } from "../documents.ts";
import { Hand, pair } from "../hand.ts";
import { forSeeds } from "../random.ts";

const AGORA = limitsOf([{ region_minimum: [120, 120], regions_even: true, overhang: ["text"], canvas_maximum: [1920, 1920], opacity: false }], { width: 1280, height: 720 });
const CORNER = { x: 0, y: 0 };

function boxAfter(object: LayoutObject, name: keyof Box, value: number, { ratio = false, limits = NO_LIMITS, reference = CORNER }: { ratio?: boolean; limits?: Limits; reference?: { x: number; y: number } } = {}): number[] {
  const [made] = setNumber(documentOf(object), ids(object.id), name, () => value, { reference, keepsRatio: () => ratio, limits }).objects;
  return made ? [made.x, made.y, made.width, made.height] : [];
}

describe("a typed number", () => {
  const one = region("a", 100, 100, 200, 150);
  test("does not lead off the canvas, nor past its edge", () => {
    assert.deepEqual(boxAfter(one, "x", 9999), [1080, 100, 200, 150]);
    assert.deepEqual(boxAfter(one, "y", -50), [100, 0, 200, 150]);
    assert.deepEqual(boxAfter(one, "width", 1230), [50, 100, 1230, 150], "it makes way");
    assert.deepEqual(boxAfter(one, "width", 9999), [0, 100, 1280, 150]);
    assert.deepEqual(boxAfter(one, "width", 9999, { ratio: true }), [100, 0, 960, 720]);
  });
  test("what lies partly outside already may stay, and what may reach over the edge may", () => {
    assert.deepEqual(boxAfter(region("a", -100, 0, 200, 150), "y", 50), [-100, 50, 200, 150]);
    assert.deepEqual(boxAfter(text("t", 0, 0, 200, 60), "x", -100, { limits: AGORA }), [-100, 0, 200, 60]);
  });
  test("keeps the ratio where that is switched on, from the point that stays", () => {
    assert.deepEqual(boxAfter(one, "width", 400, { ratio: true }), [100, 100, 400, 300]);
    assert.deepEqual(boxAfter(one, "height", 75, { ratio: true }), [100, 100, 100, 75]);
    assert.deepEqual(boxAfter(one, "width", 100, { ratio: true, reference: { x: 1, y: 1 } }), [200, 175, 100, 75]);
    assert.deepEqual(boxAfter(one, "width", 100, { ratio: true, reference: { x: 0.5, y: 0.5 } }), [150, 138, 100, 75]);
    assert.deepEqual(boxAfter(one, "width", 100, { ratio: true, reference: { x: 0.5, y: 0 } }), [150, 100, 100, 75]);
    assert.deepEqual(boxAfter(one, "width", 100, { ratio: true, reference: { x: 0, y: 0.5 } }), [100, 138, 100, 75]);
    assert.deepEqual(boxAfter(one, "width", 400), [100, 100, 400, 150]);
  });
  test("goes by the product's least size and even pixels", () => {
    assert.deepEqual(boxAfter(one, "width", 50, { limits: AGORA }), [100, 100, 120, 150]);
    assert.deepEqual(boxAfter(one, "x", 31, { limits: AGORA }), [30, 100, 200, 150]);
    assert.deepEqual(boxAfter(text("t", 100, 100, 201, 61), "width", 31, { limits: AGORA }), [100, 100, 31, 61]);
  });
  test("is shown as it was typed, from any of the nine points", () => {
    forSeeds(300, (random) => {
      const reference = { x: random.pick([0, 0.5, 1]), y: random.pick([0, 0.5, 1]) };
      const object = { ...random.object("o"), x: 600, y: 330, width: random.int(2, 200), height: random.int(2, 200), locked: false } as LayoutObject;
      const name = random.pick(["x", "y", "width", "height"] as const);
      const value = name === "x" || name === "y" ? random.int(300, 400) : random.int(2, 300);
      const [x = 0, y = 0, width = 0, height = 0] = boxAfter(object, name, value, { reference });
      assert.equal(numberOf({ x, y, width, height }, name, reference), value);
    });
  });
});

describe("arrow keys", () => {
  const actionsOf = ({ editor }: Hand): Actions => new Actions(editor, {} as Api, new Clipboard(editor, "layout", () => {}), () => CORNER);

  test("grow by the kept ratio, and do not drift", () => {
    const [grown] = growObjects(documentOf(region("a", 100, 100, 200, 100)), ids("a"), 0, 10, NO_LIMITS, () => true).objects;
    assert.deepEqual([grown?.width, grown?.height], [220, 110]);
    const hand = new Hand(region("a", 100, 100, 200, 150));
    hand.editor.select(ids("a"));
    hand.editor.aids = { ...hand.editor.aids, ratio: { a: true } };
    const actions = actionsOf(hand);
    for (let press = 0; press < 40; press += 1) actions.grow(1, 0);
    assert.deepEqual(hand.box("a"), [100, 100, 240, 180]);
    for (let press = 0; press < 40; press += 1) actions.grow(-1, 0);
    assert.deepEqual(hand.box("a"), [100, 100, 200, 150]);
    hand.editor.undo();
    assert.deepEqual(hand.box("a"), [100, 100, 200, 150]);
  });

  test("that find no room turn back at once, and say so in sight once", () => {
    const hand = new Hand(region("a", 1070, 100, 200, 150));
    const seen: string[] = [];
    hand.editor.onRemind((words) => seen.push(words));
    hand.editor.select(ids("a"));
    const actions = actionsOf(hand);
    for (let press = 0; press < 5; press += 1) actions.grow(10, 0);
    assert.deepEqual([hand.box("a"), seen], [[1070, 100, 210, 150], ["Objects stay on the canvas."]]);
    actions.grow(-10, 0);
    assert.deepEqual(hand.box("a"), [1070, 100, 200, 150]);
    for (let press = 0; press < 5; press += 1) actions.nudge(10, 0);
    assert.deepEqual([hand.box("a"), seen.length], [[1080, 100, 200, 150], 1]);
  });
});

test("a drag that is held says so in sight once, and to listeners each time", () => {
  const hand = pair();
  const [seen, heard]: [string[], string[]] = [[], []];
  hand.editor.onRemind((words) => seen.push(words));
  hand.editor.onAnnounce((words) => heard.push(words));
  hand.drag([150, 150], [-200, 150]);
  hand.drag([50, 150], [-200, 150]);
  assert.deepEqual([seen, heard.filter((words) => words === "Objects stay on the canvas.").length], [["Objects stay on the canvas."], 2]);
});
