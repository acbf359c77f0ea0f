import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_AIDS } from "../../../static/src/editor/document/editor_state.ts";
import { Editor } from "../../../static/src/editor/state/editor.ts";
import { History } from "../../../static/src/editor/state/history.ts";
import { moveObjects } from "../../../static/src/editor/commands/boxes.ts";
import { deleteObjects } from "../../../static/src/editor/commands/objects.ts";
import { boxOf, documentOf, ids, region } from "../documents.ts";

const document = documentOf(region("a", 0, 0, 100, 100), region("b", 200, 0, 100, 100));
const moment = (x: number) => ({ document: moveObjects(document, ids("a"), x, 0), aids: NO_AIDS, selection: ids("a") });

test("undo and redo walk the same road, by name", () => {
  const history = new History();
  history.record(moment(0), "Move A", 0);
  assert.equal(history.undoName, "Move A");
  assert.equal(boxOf(history.undo(moment(5))?.document ?? document, "a")[0], 0);
  assert.deepEqual([history.undoName, history.redoName], [null, "Move A"]);
  assert.equal(boxOf(history.redo(moment(0))?.document ?? document, "a")[0], 5);
});

test("nudges within a second are one step, later ones another", () => {
  const history = new History();
  history.record(moment(0), "Move", 0, "nudge");
  history.record(moment(1), "Move", 900, "nudge");
  history.record(moment(2), "Move", 2500, "nudge");
  assert.equal(boxOf(history.undo(moment(3))?.document ?? document, "a")[0], 2);
  assert.equal(boxOf(history.undo(moment(2))?.document ?? document, "a")[0], 0);
  assert.equal(history.undo(moment(0)), null);
});

test("a new action forgets what was undone", () => {
  const history = new History();
  history.record(moment(0), "One", 0);
  history.undo(moment(1));
  history.record(moment(0), "Two", 0);
  assert.equal(history.redoName, null);
});

test("a gesture is one step, a cancelled one is none", () => {
  const editor = new Editor(document, "Test", false);
  editor.select(ids("a"));
  for (const x of [1, 2, 3]) editor.showGesture(moveObjects(document, ids("a"), x, 0));
  editor.endGesture("Move A");
  editor.showGesture(moveObjects(editor.document, ids("a"), 50, 0));
  editor.cancelGesture();
  assert.equal(boxOf(editor.document, "a")[0], 3);
  editor.undo();
  assert.equal(boxOf(editor.document, "a")[0], 0);
  assert.equal(editor.history.undoName, null);
});

test("what changes nothing leaves no step", () => {
  const editor = new Editor(document, "Test", false);
  editor.apply("Nothing", moveObjects(document, ids("a"), 0, 0));
  assert.equal(editor.history.undoName, null);
});

test("undo brings back the selection, deleting drops it", () => {
  const editor = new Editor(document, "Test", false);
  editor.select(ids("a"));
  editor.apply("Delete", deleteObjects(document, editor.selection));
  assert.equal(editor.selection.size, 0);
  editor.undo();
  assert.deepEqual([...editor.selection], ["a"]);
});

test("who may only look changes nothing", () => {
  const editor = new Editor(document, "Test", true);
  editor.apply("Delete", deleteObjects(document, ids("a")));
  assert.equal(editor.document.objects.length, 2);
});
