/** What differs between two documents, as facts and in both languages. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { differences } from "../../../static/src/editor/document/differences.ts";
import { differenceWords } from "../../../static/src/editor/panels/versions/difference_labels.ts";
import { speak } from "../../../static/src/editor/i18n/strings.ts";
import type { LayoutObject } from "../../../static/src/editor/document/types.ts";
import { documentOf, region as regionAt } from "../documents.ts";

function region(id: string, more: object): LayoutObject {
  return regionAt(id, 40, 60, 320, 180, more);
}

afterEach(() => speak("en"));

test("a document does not differ from itself, nor from one whose fields stand in another order", () => {
  const document = documentOf(region("a", {}), region("b", {}));
  assert.deepEqual(differences(document, structuredClone(document)), []);
  const turned = { ...document, objects: document.objects.map((one) => Object.fromEntries(Object.entries(one).toReversed()) as unknown as typeof one) };
  assert.deepEqual(differences(document, turned), []);
});

test("everything that differs is said once", () => {
  const before = documentOf(region("a", { name: "Host" }), region("b", { name: "Guest" }), region("c", { name: "Logo" }));
  const [a, b] = before.objects;
  assert.ok(a && b);
  const after = { ...before, canvas: { ...before.canvas, width: 720, height: 1280, color: "#FF0000" }, objects: [{ ...b, hidden: true }, { ...a, x: a.x + 10, width: 300, opacity: 0.5 }, ...documentOf(region("d", { name: "New" })).objects] };
  const words = differenceWords(before, after);
  assert.deepEqual(words, [
    "The canvas becomes 720 × 1280.",
    "The background color becomes #FF0000.",
    "“Logo” goes.",
    "“Guest”: is hidden.",
    `“Host”: moves to ${a.x + 10}, ${a.y}, becomes 300 × ${a.height}, opacity 50 %.`,
    "“New” comes.",
    "The order of layers changes.",
  ]);
  speak("zh-hans");
  assert.match(differenceWords(before, after)[0] ?? "", /画布变为 720 × 1280/);
});
