/** Stand-ins in the editor, and where a product's picture lies on the canvas. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CASTS, EVERYBODY, guestAt, shapeOf } from "../../../static/src/editor/document/people.ts";
import { drawnPlace } from "../../../static/src/editor/geometry/drawn.ts";

test("people take seats in order, and leave them from the last", () => {
  const there = (count: number): boolean[] => [0, 1, 2, 3].map((seat) => guestAt(seat, { count, cast: "plain" }).present);
  assert.deepEqual(there(0), [false, false, false, false]);
  assert.deepEqual(there(2), [true, true, false, false]);
  assert.deepEqual(there(17), [true, true, true, true]);
});

test("every cast gives every seat somebody, and only the mixed one differs between them", () => {
  for (const cast of CASTS) {
    const looks = new Set(Array.from({ length: 17 }, (_, seat) => guestAt(seat, { count: 17, cast }).looks));
    assert.equal(looks.size > 1, cast === "mixed", cast);
  }
  assert.match(guestAt(1, { count: 17, cast: "chinese" }).name, /王小红/);
  assert.match(guestAt(0, { count: 17, cast: "arabic" }).name, /عبد/);
  assert.equal(guestAt(0, EVERYBODY).name, "");
  assert.deepEqual(shapeOf("portrait"), [9, 16]);
});

test("a product's picture is scaled to the canvas and centered", () => {
  assert.deepEqual(drawnPlace({ width: 1280, height: 720 }, { width: 640, height: 360 }), { x: 0, y: 0, scaleX: 2, scaleY: 2 });
  assert.deepEqual(drawnPlace({ width: 720, height: 720 }, { width: 1280, height: 720 }), { x: 0, y: 157.5, scaleX: 0.5625, scaleY: 0.5625 });
});
