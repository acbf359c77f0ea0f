/** Polite words after each command, all in one place of the page; Alt+R says the last again. */
import type { ActionTable } from "../../actions/action.ts";
import { action } from "../../actions/action.ts";
import { layerRows } from "../../document/layer_rows.ts";
import type { Editor } from "../../state/editor.ts";
import { SpokenQueue } from "../../a11y/announcer.ts";
import { guideWords, spokenSelection } from "../../a11y/describe.ts";
import { say } from "../../i18n/strings.ts";
import { speakToasts } from "../../../behaviors/toasts.ts";
import { h } from "../../ui/dom.ts";

export function mountAnnouncements(editor: Editor, table: ActionTable, canvas: HTMLElement, region: HTMLElement): void {
  // A fresh element each time: the same words twice are said twice.
  const queue = new SpokenQueue((text) => region.replaceChildren(h("span", {}, text)));
  editor.onAnnounce((text, trouble) => queue.add(text, trouble));
  speakToasts((text, level) => queue.add(text, level === "error"));
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
  table.add(action({ id: "repeat", group: "view", title: () => say("repeatIt"), keys: ["alt+r"], anywhere: true, run: () => queue.repeat() }));
}
