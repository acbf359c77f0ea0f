/** Chinese is set in Chinese: full-width commas, colons and brackets beside its characters. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const EDITOR = join(import.meta.dirname, "../../../static/src/editor");
const HALF = /[\u4e00-\u9fff][,:;!?)]|[,:;!?(][\u4e00-\u9fff]|\}[,:;](?! \{)(?=[\u4e00-\u9fff{])/;

test("no half-width punctuation beside Chinese characters", () => {
  const files = readdirSync(join(EDITOR, "i18n")).map((name) => `i18n/${name}`);
  const sentences = files.flatMap((file) => [...readFileSync(join(EDITOR, file), "utf8").matchAll(/"([^"\n]*[\u4e00-\u9fff][^"\n]*)"/g)].map(([, words = ""]) => words));
  assert.ok(sentences.length > 300);
  assert.deepEqual(sentences.filter((words) => HALF.test(words)), []);
});
