/** Polite words after each command, at most one every half second; Alt+R says the last again. */
import type { ActionTable } from "../actions/action.ts";
import { action } from "../actions/action.ts";
import { layerRows } from "../document/layer_rows.ts";
import type { Editor } from "../editor.ts";
import { guideWords, spokenSelection } from "../spoken.ts";
import { say } from "../strings.ts";
import { h } from "./dom.ts";

const APART = 500;
/** A word that comes right after another usually says the same better. */
const SETTLE = 150;

export function mountAnnouncements(editor: Editor, table: ActionTable, canvas: HTMLElement, region: HTMLElement): void {
  let timer = 0;
  let spokenAt = 0;
  let last = "";

  function speak(text: string): void {
    spokenAt = Date.now();
    last = text;
    // A fresh element each time: the same words twice are said twice.
    region.replaceChildren(h("span", {}, text));
  }

  editor.onAnnounce((text) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => speak(text), Math.max(SETTLE, spokenAt + APART - Date.now()));
  });
  // The list speaks its rows itself; on the canvas nobody else would say what was chosen.
  let chosen = "";
  let guide: number | null = null;
  editor.onChange((part) => {
    if (part !== "selection" && part !== "document") return;
    const now = [...editor.selection].toSorted().join();
    if (part === "selection" && now !== chosen && !editor.inGesture && canvas.contains(document.activeElement)) editor.announce(spokenSelection(editor.document, editor.aids, layerRows(editor.document, editor.aids, new Set()), editor.selection));
    if (!editor.inGesture) chosen = now;
    const held = editor.guide === null ? undefined : editor.aids.guides[editor.guide];
    if (held && editor.guide !== null && editor.guide !== guide) editor.announce(guideWords(held, editor.guide, editor.aids.guides.length));
    ({ guide } = editor);
  });
  table.add(action({ id: "repeat", group: "view", title: () => say("repeatIt"), keys: ["alt+r"], anywhere: true, run: () => speak(last) }));
}
