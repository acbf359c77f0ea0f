import assert from "node:assert/strict";
import { test } from "node:test";
import { ageInWords, clockOf } from "../../../static/src/behaviors/ages.ts";
import { nameOfKey, nameOfPlace } from "../../../static/src/editor/actions/keyboard.ts";
import { hears, idsIn, readMessage } from "../../../static/src/live/messages.ts";
import { waitBefore } from "../../../static/src/live/socket.ts";

test("a frame that is no message is ignored", () => {
  for (const frame of ["", "nonsense", "null", "[]", '{"seq": 1}', '{"kind": 5}']) assert.equal(readMessage(frame), null);
  assert.equal(readMessage('{"kind": "task.changed", "seq": 7}')?.seq, 7);
});

test("elements hear their kind, its family, or everything", () => {
  assert.ok(hears("task.changed recording", "recording.added"));
  assert.ok(hears("task.changed", "task.changed"));
  assert.ok(hears("*", "lane.throttled"));
  assert.ok(!hears("task.changed", "task.removed"));
  assert.ok(!hears("", "task.changed"));
});

test("a message names its rows", () => {
  assert.deepEqual(idsIn({ kind: "task.changed", task: { id: "x" }, layout_id: 4, seq: 1 }), ["x", "4"]);
});

test("waits grow to a limit and are spread", () => {
  assert.deepEqual([waitBefore(0, 1), waitBefore(0, 0), waitBefore(3, 1), waitBefore(50, 1)], [500, 250, 4000, 20_000]);
});

test("ages and clocks", () => {
  assert.match(ageInWords(3.9, "en"), /^3 sec/);
  assert.match(ageInWords(7300, "en"), /^2 hr/);
  assert.match(ageInWords(3, "zh-hans"), /3秒前/);
  assert.deepEqual([clockOf(5), clockOf(3725)], ["0:05", "1:02:05"]);
});

test("keys are named by character, and by place where Alt changes the character", () => {
  const key = (name: string, code: string, more: object = {}) => nameOfKey({ key: name, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });
  assert.equal(key("Z", "KeyZ", { ctrlKey: true, shiftKey: true }), "mod+shift+z");
  assert.equal(key("å", "KeyA", { altKey: true }), "alt+a");
  assert.equal(key("?", "Slash", { shiftKey: true }), "?");
  assert.equal(key("!", "Digit1", { shiftKey: true }), "shift+Digit1");
  assert.equal(key("]", "BracketRight"), "]");
  assert.equal(key("Tab", "Tab", { shiftKey: true }), "shift+Tab");
});

test("keys of other alphabets go by their place, Latin ones never", () => {
  const key = (name: string, code: string, more: object = {}) => nameOfPlace({ key: name, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });
  assert.equal(key("м", "KeyV"), "v");
  assert.equal(key("я", "KeyZ", { ctrlKey: true }), "mod+z");
  assert.equal(key("&", "Digit1"), "1", "a French keyboard");
  assert.equal(key("a", "KeyQ"), null, "the same keyboard: the letter counts");
  assert.equal(key("Process", "KeyV"), null, "an input method has it");
});
