/** The rows of the layer list, and what dropping one among the others does to groups. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { groupObjects, regroupObjects, renameGroup } from "../../../static/src/editor/commands/editor_state.ts";
import { NO_AIDS, type Aids } from "../../../static/src/editor/document/editor_state.ts";
import { idsOf, layerRows } from "../../../static/src/editor/document/layer_rows.ts";
import { documentOf, ids, region } from "../documents.ts";
import { forSeeds } from "../random.ts";

const four = documentOf(region("a", 0, 0, 10, 10), region("b", 0, 0, 10, 10), region("c", 0, 0, 10, 10), region("d", 0, 0, 10, 10));
/** a and c in g1, and that with d in g2. */
const nested: Aids = groupObjects(four, groupObjects(four, NO_AIDS, ids("a", "c"), null), ids("a", "c", "d"), null);
const read = (aids: Aids, ...closed: string[]): string[] => layerRows(four, aids, new Set(closed)).map((row) => "-".repeat(row.level) + row.key.trim());

describe("layer rows", () => {
  test("the front first, without groups", () => assert.deepEqual(read(NO_AIDS), ["d", "c", "b", "a"]));
  test("groups stand where their front object is, and hold the rest", () => assert.deepEqual(read(nested), ["g2", "-d", "-g1", "--c", "--a", "b"]));
  test("a closed group shows no more than itself", () => {
    assert.deepEqual(read(nested, "g1"), ["g2", "-d", "-g1", "b"]);
    assert.deepEqual(read(nested, "g2"), ["g2", "b"]);
  });
  test("grouping a part of a group takes it out of that", () => {
    assert.deepEqual(read(groupObjects(four, nested, ids("b", "c"), null)), ["g2", "-d", "-g1", "--a", "g3", "-c", "-b"]);
  });
  test("places count from the front of the picture, whatever the groups", () => {
    assert.deepEqual(layerRows(four, nested, new Set()).flatMap((row) => (row.kind === "object" ? [`${row.object.id}${row.place}`] : [])), ["d1", "c2", "a4", "b3"]);
  });
  test("every object has one row, and the rows of one level stand for all", () => {
    forSeeds(100, (random) => {
      const document = random.document();
      let aids = NO_AIDS;
      for (let step = 0; step < 4; step += 1) aids = groupObjects(document, aids, random.ids(document), null);
      const rows = layerRows(document, aids, new Set());
      assert.equal(rows.filter((row) => row.kind === "object").length, document.objects.length);
      assert.equal(new Set(rows.map((row) => row.key)).size, rows.length);
      assert.deepEqual(rows.filter((row) => row.level === 0).flatMap(idsOf).toSorted(), document.objects.map((object) => object.id).toSorted());
    });
  });
});

describe("dropping among groups", () => {
  test("an object goes into the group and out of it", () => {
    assert.deepEqual(read(regroupObjects(nested, ids("b"), ["g2", "g1"])), ["g2", "-d", "-g1", "--c", "--b", "--a"]);
    assert.deepEqual(read(regroupObjects(nested, ids("c"), [])), ["g2", "-d", "-g1", "--a", "c", "b"]);
  });
  test("a group is carried whole, with the groups in it", () => {
    assert.deepEqual(read(regroupObjects(nested, ids("a", "c"), [], "g1")), ["g2", "-d", "g1", "-c", "-a", "b"]);
  });
  test("but never into itself", () => assert.equal(regroupObjects(nested, ids("a", "c", "d"), ["g2", "g1"], "g2"), nested));
  test("a name is the group's own, an empty one gives it back", () => {
    const named = renameGroup(nested, "g1", "主持人");
    assert.deepEqual(named.names, { g1: "主持人" });
    assert.deepEqual(renameGroup(named, "g1", ""), nested);
  });
});
