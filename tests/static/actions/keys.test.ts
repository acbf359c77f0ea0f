/** Which key is whose. What each key does is pressed in a real browser: tests/browser/test_keys.py. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Actions } from "../../../static/src/editor/actions/registry.ts";
import { action, ActionTable, keyWords } from "../../../static/src/editor/actions/action.ts";
import { canvasActions } from "../../../static/src/editor/actions/canvas_actions.ts";
import { clipboardActions } from "../../../static/src/editor/actions/clipboard.ts";
import type { Viewer } from "../../../static/src/editor/actions/context.ts";
import { Clipboard } from "../../../static/src/editor/actions/clipboard_data.ts";
import { NO_LIMITS } from "../../../static/src/editor/geometry/limits.ts";
import type { Api } from "../../../static/src/api/client.ts";
import { region, text } from "../documents.ts";
import { Hand, pair } from "../hand.ts";

const VIEWER: Viewer = { zoomBy() {}, zoomTo() {}, fit() {}, fitSelection() {} };

/** All that the canvas can be asked for, as the page puts it together. */
function tableOf({ editor, toolbox }: Hand): ActionTable {
  const table = new ActionTable(editor);
  const clipboard = new Clipboard(editor, "layout", () => {});
  const actions = new Actions(editor, {} as Api, clipboard, () => ({ x: 640, y: 360 }));
  const remove = (): void => actions.remove();
  table.add(...canvasActions({ editor, actions, toolbox, viewer: VIEWER, openObject() {}, pickImage() {}, askGuide() {} }), ...clipboardActions({ editor, clipboard, remove, addPicture: async () => {}, place: () => ({ x: 0, y: 0 }) }));
  return table;
}

describe("the table of keys", () => {
  const plain = (id: string, more: object = {}): ReturnType<typeof action> => action({ id, group: "view", title: () => id, run: () => {}, ...more });

  test("a key, a key of the browser's own and an id have one owner", () => {
    const table = new ActionTable({ readonly: false, fixed: false });
    table.add(plain("one", { keys: ["mod+alt+v"] }), plain("copy", { native: ["mod+c"] }));
    assert.throws(() => table.add(plain("two", { keys: ["x", "mod+alt+v"] })), /two and one both claim mod\+alt\+v/);
    assert.throws(() => table.add(plain("three", { keys: ["mod+c"] })), /both claim mod\+c/);
    assert.throws(() => table.add(plain("one")), /two actions are called one/);
  });

  test("the canvas claims none twice, and the browser keeps its own", () => {
    const hand = pair();
    hand.editor.select(new Set(["a", "b", "t"]));
    const table = tableOf(hand);
    const owner = (key: string): string | undefined => table.forKey(key)?.id;
    assert.deepEqual(["mod+alt+c", "mod+alt+v", "mod+alt+h", "alt+shift+v", "mod+c", "mod+x"].map(owner), ["copy-look", "paste-look", "distribute-x", "distribute-y", undefined, undefined]);
  });

  test("opacity is for what may be seen through: nothing locked, and no region where a product cannot", () => {
    const hand = new Hand(region("a", 0, 0, 100, 100), region("l", 200, 0, 100, 100, { locked: true }), text("t", 0, 300, 100, 40));
    const table = tableOf(hand);
    const faded = (...chosen: string[]): number[] => {
      hand.editor.select(new Set(chosen));
      table.forKey("5")?.run();
      const now = hand.editor.document.objects.map((object) => object.opacity);
      hand.editor.undo();
      return now;
    };
    assert.deepEqual([faded("a", "l"), faded("l"), faded("a", "l", "t")], [[0.5, 1, 1], [1, 1, 1], [0.5, 1, 0.5]]);
    hand.editor.limits = { ...NO_LIMITS, opacity: false };
    hand.editor.select(new Set(["a", "l"]));
    assert.equal(table.forKey("5"), undefined);
    assert.deepEqual(faded("a", "t"), [1, 1, 0.5]);
  });

  test("the plus key is written as it is, alone and behind others", () => {
    assert.deepEqual(["+", "mod++", "mod+=", "shift+r"].map(keyWords), ["+", "Ctrl++", "Ctrl+=", "Shift+R"]);
  });

  const A = [100, 100, 200, 100];
  const B = [500, 200, 100, 200];
  const THIRDS = [[0, 0, 427, 720], [427, 0, 426, 720], [853, 0, 427, 720]];
  const EFFECTS: ReadonlyArray<readonly [string, string, ReadonlyArray<readonly number[] | undefined>]> = [
    ["same-width", "a b", [A, [500, 200, 200, 200]]],
    ["same-height", "a b", [A, [500, 200, 100, 100]]],
    ["center-canvas", "a", [[540, 310, 200, 100], B]],
    ["center-canvas", "a b", [[390, 210, 200, 100], [790, 310, 100, 200]]],
    ["fit-canvas", "a", [[0, 40, 1280, 640], B]],
    ["fill-canvas", "a", [[0, 0, 1280, 720], B]],
    ["half-left", "a", [[0, 0, 640, 720], B]], ["half-right", "a", [[640, 0, 640, 720], B]], ["half-top", "a", [[0, 0, 1280, 360], B]], ["half-bottom", "a", [[0, 360, 1280, 360], B]],
    ["third-1", "a", [THIRDS[0], B]], ["third-2", "a", [THIRDS[1], B]], ["third-3", "a", [THIRDS[2], B]],
    ["third-top", "a", [[0, 0, 1280, 240], B]], ["third-middle", "a", [[0, 240, 1280, 240], B]], ["third-bottom", "a", [[0, 480, 1280, 240], B]],
    ["quarter-1", "a", [[0, 0, 640, 360], B]], ["quarter-2", "a", [[640, 0, 640, 360], B]], ["quarter-3", "a", [[0, 360, 640, 360], B]], ["quarter-4", "a", [[640, 360, 640, 360], B]],
  ];
  for (const [id, chosen, boxes] of EFFECTS) {
    test(`${id} of ${chosen}`, () => {
      const hand = new Hand(region("a", 100, 100, 200, 100), region("b", 500, 200, 100, 200));
      hand.editor.select(new Set(chosen.split(" ")));
      assert.ok(tableOf(hand).run(id));
      assert.deepEqual([hand.box("a"), hand.box("b")], boxes);
      hand.editor.undo();
      assert.deepEqual([hand.box("a"), hand.box("b")], [A, B], "one step");
    });
  }
});
