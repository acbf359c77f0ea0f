import assert from "node:assert/strict";
import { test } from "node:test";
import { dayAfter } from "../../../static/src/behaviors/calendar.ts";
import { keyAction } from "../../../static/src/behaviors/player_keys.ts";
import { placeOf } from "../../../static/src/behaviors/player_parts.ts";
import { difference } from "../../../static/src/behaviors/recordings.ts";
import { momentOf } from "../../../static/src/behaviors/scrub.ts";

const key = (name: string, more: object = {}) => ({ key: name, altKey: false, ctrlKey: false, metaKey: false, ...more });

test("a place in a recording of parts", () => {
  const parts = [{ duration: 10 }, { duration: 20 }, { duration: 5 }];
  assert.deepEqual(placeOf(parts, 0), { part: 0, at: 0 });
  assert.deepEqual(placeOf(parts, 10), { part: 1, at: 0 });
  assert.deepEqual(placeOf(parts, 31.5), { part: 2, at: 1.5 });
  assert.deepEqual(placeOf(parts, 99), { part: 2, at: 69 });
  assert.deepEqual(placeOf([{ duration: null }, { duration: 3 }], 40), { part: 0, at: 40 });
  assert.deepEqual(placeOf([], 3), { part: 0, at: 0 });
});

test("keys of the player, and those of the browser", () => {
  assert.deepEqual(keyAction(key("K")), { kind: "toggle" });
  assert.deepEqual(keyAction(key("ArrowLeft")), { kind: "by", seconds: -5 });
  assert.deepEqual(keyAction(key("7")), { kind: "share", share: 0.7 });
  assert.equal(keyAction(key("f", { ctrlKey: true })), null);
  assert.equal(keyAction(key("Tab")), null);
});

test("days follow one another over months, years and leap days", () => {
  assert.equal(dayAfter("2026-03-01", -1), "2026-02-28");
  assert.equal(dayAfter("2028-02-28", 1), "2028-02-29");
  assert.equal(dayAfter("2026-12-31", 7), "2027-01-07");
});

test("only what differs on the first page is touched; older pages are not judged", () => {
  assert.deepEqual(difference(["5", "4", "3", "2", "1"], ["6", "5", "3"], false), { added: ["6"], gone: ["4"] });
  assert.deepEqual(difference(["2", "1"], ["2"], true), { added: [], gone: ["1"] });
  assert.deepEqual(difference([], [], true), { added: [], gone: [] });
});

test("scrubbing stays within the recording", () => {
  assert.equal(momentOf(-1, 10), 0);
  assert.equal(momentOf(2, 10), 9.9);
  assert.equal(momentOf(0.5, 0), 0);
});
