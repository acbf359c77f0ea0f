/** The layout as a file: saved, and read back with its problems named; also what is sent to a cloud, read into the open draft. */
import { ApiError, type Api, type ReadPayload } from "../../../api/client.ts";
import { parseDocument } from "../../document/parse.ts";
import { isObject } from "../../document/schema.ts";
import type { LayoutDocument } from "../../document/types.ts";
import type { Editor } from "../../state/editor.ts";
import { say } from "../../i18n/strings.ts";
import { changeList } from "../versions/compare.ts";
import { h } from "../../ui/dom.ts";
import { sentencesOf, showProblems } from "../products/problems.ts";
import { pickFile, saveJson } from "../versions/saved_file.ts";

export function saveAsFile(editor: Editor): void {
  saveJson(editor.name, { name: editor.name, document: editor.document });
}

/** Where a file is read into, and how a task is begun with that layout. */
export interface Into {
  readonly editor: Editor;
  readonly api: Api;
  readonly layout: string;
  readonly begin: () => void;
}

export function pickFileToImport(into: Into): void {
  pickFile("application/json,.json,text/plain,.txt", (file) => void importFile(into, file));
}

/** A bare document, one with its name, as `saveAsFile` writes it, or a cloud's payload. One undo step; nothing happens to the draft if anything is wrong. */
export async function importFile({ editor, api, layout, begin }: Into, file: File): Promise<void> {
  const text = await file.text();
  const own = ownDocument(text);
  try {
    const read = own === null ? await api.read(text, layout) : { document: (await api.check(own)).document as LayoutDocument, product: "" };
    editor.apply(say("imported", { name: file.name }), parseDocument(read.document), { selection: new Set(), by: "panel" });
    if ("bindings" in read && read.product) tellOfPayload(read, begin);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    showProblems(sentencesOf(error));
  }
}

/** What calls itself a layout, whether it is a sound one or not; null for anything else. */
function ownDocument(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null; // perhaps the parameters of a call, or a command: the server says
  }
  const inner = isObject(value) && isObject(value["document"]) ? value["document"] : value;
  return isObject(inner) && ("schema" in inner || ("canvas" in inner && "objects" in inner)) ? inner : null;
}

/** What became of it: some things no layout has words for, and people are no part of one. They come along into a task that begins here. */
function tellOfPayload({ bindings, not_understood: left, not_understood_more: more }: ReadPayload, begin: () => void): void {
  const people = Object.entries(bindings).map(([slot, { user_id: person }]) => `${slot} — ${person}`);
  if (left.length === 0 && people.length === 0) return;
  const dialog = h("dialog", { class: "qe-dialog", "aria-labelledby": "payload-title", "data-testid": "import-told" });
  dialog.append(
    h("h2", { id: "payload-title" }, left.length > 0 ? say("leftOut", { n: left.length + more }) : say("allTaken")),
    ...(left.length > 0 ? [changeList(left.map(({ pointer, message }) => (pointer ? `${pointer} — ${message}` : message)), "")] : []),
    ...(more > 0 ? [h("p", { class: "qe-hint" }, say("leftOutMore", { n: more }))] : []),
    ...(people.length > 0 ? [h("h3", { class: "qe-title" }, say("satWhere")), changeList(people, "")] : []),
    people.length > 0 ? h("p", { class: "qe-hint" }, say("beginHint")) : "",
    h(
      "div", { class: "qe-row" },
      people.length > 0 && h("button", { type: "button", class: "btn btn-primary", "data-testid": "payload-begin", onclick: () => {
        dialog.close();
        begin();
      } }, say("beginTask")),
      h("button", { type: "button", class: "btn", onclick: () => dialog.close() }, say("close")),
    ),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
