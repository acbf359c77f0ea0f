/** A canvas with nothing on it invites: presets as pictures. */
import type { Actions } from "../../actions/registry.ts";
import type { Editor } from "../../state/editor.ts";
import { say } from "../../i18n/strings.ts";
import { presetButtons } from "../inspector/canvas_panel.ts";
import { h } from "../../ui/dom.ts";

export function mountEmpty(editor: Editor, actions: Actions, element: HTMLElement): void {
  function draw(): void {
    const empty = editor.document.objects.length === 0 && !editor.readonly && editor.preview === null;
    if (!empty) {
      if (!element.hidden) element.hidden = true;
      return;
    }
    if (element.hidden || element.childElementCount === 0) element.replaceChildren(h("h2", {}, say("emptyTitle")), h("div", { class: "qe-presets" }, ...presetButtons(editor, actions)), h("p", { class: "qe-hint" }, say("emptyHint")));
    element.hidden = false;
  }
  element.hidden = true;
  editor.onChange((part) => (part === "document" || part === "preview" || part === "gesture" || part === "mode") && draw());
  draw();
}
