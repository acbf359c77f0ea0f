import assert from "node:assert/strict";
import { test } from "node:test";
import { nextPlace } from "../../../static/src/behaviors/finder.ts";
import { wordsOf } from "../../../static/src/behaviors/rest_forms.ts";

test("the arrows go round the list", () => {
  assert.deepEqual([nextPlace(0, 1, 3), nextPlace(2, 1, 3), nextPlace(0, -1, 3)], [1, 0, 2]);
  assert.deepEqual([nextPlace(-1, 1, 3), nextPlace(-1, -1, 3), nextPlace(-1, 1, 0)], [0, 2, -1]);
});

test("a refusal is said in its own words", () => {
  assert.equal(wordsOf({ detail: "No.", problems: [{ message: "Too wide." }] }, 400), "No. Too wide.");
  assert.equal(wordsOf({}, 502), "HTTP 502");
});
