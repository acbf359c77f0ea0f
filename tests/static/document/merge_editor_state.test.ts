/** What two people do beside the same layout comes together; nobody's undo takes away what another drew. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { alike, merged, NOTHING_BESIDE, ofObjects, withUnknown, type Beside } from "../../../static/src/editor/document/merge_editor_state.ts";
import { moveObjects } from "../../../static/src/editor/commands/boxes.ts";
import { addGuide, groupObjects } from "../../../static/src/editor/commands/editor_state.ts";
import { Editor } from "../../../static/src/editor/state/editor.ts";
import { documentOf, ids, region } from "../documents.ts";
import { Random } from "../random.ts";

const beside = (more: Partial<Beside>): Beside => ({ ...NOTHING_BESIDE, ...more });
const document = documentOf(...["a", "b", "c", "d"].map((id, n) => region(id, n * 100, 0, 90, 90)));

function anything(random: Random): Beside {
  const some = <V>(names: readonly string[], value: () => V): Record<string, V> => Object.fromEntries(names.filter(() => random.chance(0.5)).map((name) => [name, value()]));
  return {
    guides: [...new Set(Array.from({ length: random.int(0, 3) }, () => random.int(0, 5)))].map((at) => ({ axis: "x", at })),
    groups: some(["a", "b", "c", "d"], () => [`g${random.int(1, 2)}`]),
    names: some(["g1", "g2"], () => random.pick(["Hosts", "主持人"])),
    ratio: some(["a", "b"], () => random.chance(0.5)),
    variables: some(["title", "0"], () => random.pick(["", "x", "y"])),
    made_for: random.pick(["", "agora-transcoder", "volcengine-push"]),
  };
}

describe("putting together", () => {
  test("what only one side changed is taken from that side", () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const random = new Random(seed);
      const [base, other] = [anything(random), anything(random)];
      assert.ok(alike(merged(base, base, other), other), `seed ${seed}: mine did not change`);
      // Guides may come in another order; which there are is what counts.
      const taken = merged(base, other, base);
      assert.deepEqual(taken.guides.map(({ at }) => at).toSorted(), other.guides.map(({ at }) => at).toSorted(), `seed ${seed}`);
      assert.ok(alike({ ...taken, guides: [] }, { ...other, guides: [] }), `seed ${seed}: theirs did not change`);
    }
  });

  test("both sides' changes are there, and mine where both changed the same", () => {
    const base = beside({ guides: [{ axis: "x", at: 1 }, { axis: "x", at: 2 }], ratio: { a: true }, variables: { title: "old", place: "old" } });
    const mine = beside({ guides: [{ axis: "x", at: 2 }, { axis: "y", at: 3 }], ratio: { a: true, b: false }, variables: { title: "mine", place: "old" } });
    const theirs = beside({ guides: [{ axis: "x", at: 1 }, { axis: "x", at: 4 }], ratio: {}, variables: { title: "theirs", place: "theirs" } });
    const { guides, ratio, variables } = merged(base, mine, theirs);
    assert.deepEqual(guides, [{ axis: "x", at: 4 }, { axis: "y", at: 3 }]);
    assert.deepEqual([ratio, variables], [{ b: false }, { title: "mine", place: "theirs" }]);
  });

  test("one product is chosen: by who changed it, mine where both did", () => {
    const of = (made_for: string): Beside => beside({ made_for });
    assert.equal(merged(of(""), of(""), of("agora-transcoder")).made_for, "agora-transcoder");
    assert.equal(merged(of("agora-transcoder"), of(""), of("agora-transcoder")).made_for, "");
    assert.equal(merged(of(""), of("volcengine-push"), of("agora-transcoder")).made_for, "volcengine-push");
  });

  test("two new groups of one name stay two groups", () => {
    const { groups } = merged(NOTHING_BESIDE, beside({ groups: { a: ["g1"], b: ["g1"] } }), beside({ groups: { c: ["g1"], d: ["g1"] } }));
    assert.deepEqual(groups["c"], groups["d"]);
    assert.deepEqual(groups["a"], groups["b"]);
    assert.notDeepEqual(groups["a"], groups["c"]);
  });

  test("names like __proto__ are names", () => {
    const odd = JSON.parse('{"__proto__": "x"}') as Record<string, string>;
    assert.deepEqual(Object.keys(merged(NOTHING_BESIDE, NOTHING_BESIDE, beside({ variables: { constructor: "x" } })).variables), ["constructor"]);
    assert.equal(merged(NOTHING_BESIDE, NOTHING_BESIDE, beside({ variables: odd })).variables["title"], undefined);
  });
});

test("what belonged to a deleted object is dropped; what belongs to one that is not here yet is left alone", () => {
  const known = beside({ groups: { a: ["g1"], gone: ["g1"] }, ratio: { gone: true } });
  assert.deepEqual(ofObjects(known, document), beside({ groups: { a: ["g1"] } }));
  assert.deepEqual(withUnknown(NOTHING_BESIDE, known, document), beside({ groups: { gone: ["g1"] }, ratio: { gone: true } }));
});

test("undoing one's own step keeps the guide that another drew after it", () => {
  const editor = new Editor(document, "Test", false);
  editor.apply("Group", editor.document, { aids: groupObjects(editor.document, editor.aids, ids("a", "b"), null) });
  editor.apply("Move", moveObjects(editor.document, ids("a"), 5, 0));
  const guide = { axis: "x", at: 300 } as const;
  editor.bring((aids) => addGuide(aids, guide), { variables: {}, made_for: "" });
  editor.undo();
  editor.undo();
  assert.deepEqual([editor.aids.groups, editor.aids.guides], [{}, [guide]]);
  editor.redo();
  assert.deepEqual([editor.aids.groups, editor.aids.guides], [{ a: ["g1"], b: ["g1"] }, [guide]]);
});
