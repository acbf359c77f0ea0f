/** Where nothing is to be changed nothing is: a product's picture, a phone, somebody who may only look. And what is seen there is what is hit. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { action, ActionTable } from "../../../static/src/editor/actions/action.ts";
import { moveObjects } from "../../../static/src/editor/commands/boxes.ts";
import { byVersion, looksAlike, shownVersion } from "../../../static/src/editor/document/aired.ts";
import { Editor } from "../../../static/src/editor/state/editor.ts";
import { objectsAt } from "../../../static/src/editor/geometry/hit_test.ts";
import { boxOf, documentOf, ids, region, text } from "../documents.ts";

const draft = documentOf(region("a", 0, 0, 640, 720), region("b", 640, 0, 640, 720), text("t", 0, 0, 200, 60));
const opened = (viewer = false): Editor => new Editor(draft, "Test", viewer);
const moved = moveObjects(draft, ids("a"), 10, 0);
/** The product draws at half the size, `b` where `a` was, and no text. */
const drawn = { ...draft, canvas: { ...draft.canvas, width: 640, height: 360 }, objects: [region("b", 0, 0, 320, 360)] };

function refusals(editor: Editor): () => number {
  let count = 0;
  editor.onRefuse(() => (count += 1));
  return () => count;
}

describe("while a product's picture is shown", () => {
  test("a hand changes nothing and hears so; a panel's fix counts", () => {
    const editor = opened();
    const said = refusals(editor);
    editor.showPreview({ product: "p", drawn });
    editor.apply("Move", moved);
    assert.deepEqual([boxOf(editor.document, "a")[0], editor.history.undoName, said()], [0, null, 1]);
    editor.apply("Fix", moved, { by: "panel" });
    assert.deepEqual([boxOf(editor.document, "a")[0], editor.history.undoName, said()], [10, "Fix", 1]);
    editor.undo();
    editor.showPreview(null);
    editor.apply("Move", moved);
    assert.equal(boxOf(editor.document, "a")[0], 10);
  });

  test("a drag that was under way is put back", () => {
    const editor = opened();
    editor.showGesture(moved);
    editor.showPreview({ product: "p", drawn });
    assert.deepEqual([boxOf(editor.document, "a")[0], editor.inGesture], [0, false]);
  });

  test("objects lie where the product draws them, and are hit there", () => {
    const editor = opened();
    assert.equal(editor.seen, editor.document);
    editor.showPreview({ product: "p", drawn });
    assert.deepEqual(boxOf(editor.seen, "b"), [0, 0, 640, 720]);
    assert.deepEqual(boxOf(editor.seen, "t"), [0, 0, 200, 60], "what it does not draw stays where it is");
    assert.deepEqual(objectsAt(editor.seen, { x: 300, y: 300 }).map(({ id }) => id), ["b", "a"]);
    assert.deepEqual(boxOf(editor.document, "b"), [640, 0, 640, 720]);
  });

  test("commands on objects may not run, looking and stepping back may", () => {
    const editor = opened();
    const table = new ActionTable(editor);
    table.add(...(["edit", "arrange", "file", "view"] as const).map((group) => action({ id: group, group, title: () => group, edits: true, run: () => undefined })), action({ id: "undo", group: "edit", title: () => "", edits: true, run: () => undefined }));
    const allowed = (): string[] => table.all().filter((one) => table.allows(one)).map(({ id }) => id);
    assert.deepEqual(allowed(), ["edit", "arrange", "file", "view", "undo"]);
    editor.showPreview({ product: "p", drawn });
    assert.deepEqual(allowed(), ["file", "view", "undo"]);
    editor.setPhone(true);
    assert.deepEqual(allowed(), []);
  });
});

test("on a phone nothing is changed but by the server; the wider window edits again", () => {
  const editor = opened();
  const said = refusals(editor);
  editor.apply("Move", moved);
  editor.setPhone(true);
  editor.undo();
  editor.apply("Move", moveObjects(editor.document, ids("a"), 10, 0), { by: "panel" });
  assert.deepEqual([boxOf(editor.document, "a")[0], said()], [10, 1]);
  editor.apply("Theirs", draft, { by: "server" });
  assert.equal(boxOf(editor.document, "a")[0], 0);
  editor.setPhone(false);
  editor.undo();
  assert.equal(boxOf(editor.document, "a")[0], 10);
});

test("who may only look stays so in any window", () => {
  const reader = opened(true);
  for (const by of ["hand", "panel", "server"] as const) reader.apply("Move", moved, { by });
  reader.setPhone(true);
  reader.setPhone(false);
  assert.deepEqual([reader.document, reader.readonly], [draft, true]);
});

describe("on air", () => {
  const task = (id: string, applied_version: number, layout_version: number) => ({ id, state: "running", applied_version, layout_version });

  test("tasks stand with the version that their cloud shows, the newest first", () => {
    const tasks = [task("one", 3, 3), task("two", 5, 6), task("new", 0, 5), task("old", 3, 6)];
    assert.deepEqual(byVersion(tasks).map(([version, some]) => [version, some.map(({ id }) => id)]), [[5, ["two", "new"]], [3, ["one", "old"]]]);
    assert.equal(shownVersion(task("asked", 4, 9)), 4);
  });

  test("what nobody sees on air is no difference", () => {
    const locked = { ...draft, objects: draft.objects.map((object) => ({ ...object, locked: true, name: "Other" })) };
    const more = documentOf(...draft.objects, region("h", 0, 0, 9, 9, { hidden: true }));
    assert.ok(looksAlike(draft, locked));
    assert.ok(looksAlike(draft, more));
    assert.ok(!looksAlike(draft, moved));
    assert.ok(!looksAlike(more, documentOf(...draft.objects, region("h", 0, 0, 9, 9))), "shown again");
    assert.ok(!looksAlike(draft, { ...draft, objects: draft.objects.toReversed() }));
  });
});
