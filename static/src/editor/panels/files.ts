/** The layout as a file: saved, and read back with its problems named. */
import { ApiError, type Api } from "../../api/client.ts";
import { parseDocument } from "../document/parse.ts";
import type { LayoutDocument } from "../document/types.ts";
import type { Editor } from "../editor.ts";
import { say } from "../strings.ts";
import { h } from "./dom.ts";

export function saveAsFile(editor: Editor): void {
  const file = new Blob([`${JSON.stringify({ name: editor.name, document: editor.document }, null, 1)}\n`], { type: "application/json" });
  const url = URL.createObjectURL(file);
  const link = h("a", { href: url, download: `${editor.name.replaceAll(/[\\/:*?"<>|]+/g, "-").slice(0, 80) || "layout"}.json` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function pickFileToImport(editor: Editor, api: Api): void {
  const input = h("input", { type: "file", accept: "application/json,.json" });
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file) void importFile(editor, api, file);
  });
  input.click();
}

/** A bare document, or one with its name, as `saveAsFile` writes it. One undo step; nothing happens to the draft if anything is wrong. */
export async function importFile(editor: Editor, api: Api, file: File): Promise<void> {
  let value: unknown;
  try {
    value = JSON.parse(await file.text());
  } catch (error) {
    showProblems([say("notJson", { why: error instanceof Error ? error.message : "" })]);
    return;
  }
  const document = typeof value === "object" && value !== null && "document" in value ? value.document : value;
  try {
    const checked = await api.check(document);
    editor.apply(say("imported", { name: file.name }), parseDocument(checked.document as LayoutDocument), { selection: new Set() });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    showProblems(error.problems.length > 0 ? error.problems.map(({ pointer, message }) => `${pointer || "/"} — ${message}`) : [error.message]);
  }
}

function showProblems(sentences: readonly string[]): void {
  const dialog = h("dialog", { class: "qe-dialog", "aria-labelledby": "problems-title", "data-testid": "import-problems" });
  dialog.append(
    h("h2", { id: "problems-title" }, say("importBad")),
    h("ul", { class: "qe-changes" }, ...sentences.map((one) => h("li", {}, one))),
    h("div", { class: "qe-row" }, h("button", { type: "button", class: "btn", onclick: () => dialog.close() }, say("close"))),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
