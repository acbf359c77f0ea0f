/** On a screen as narrow as a phone's nobody edits: there one looks, previews, applies and starts. Says so, and how to go on. */
import { toast } from "../../../behaviors/toasts.ts";
import type { Editor } from "../../state/editor.ts";
import { say } from "../../i18n/strings.ts";
import { h } from "../../ui/dom.ts";

const NARROW = "(max-width: 480px)";

export function mountPhone(editor: Editor, note: HTMLElement, copyLink: () => void): void {
  const narrow = window.matchMedia(NARROW);
  let rulers = editor.rulers;
  const follow = (): void => {
    // The little room is the picture's.
    if (narrow.matches !== editor.phone) [editor.rulers, rulers] = narrow.matches ? [false, editor.rulers] : [rulers, rulers];
    editor.setPhone(narrow.matches);
    // Nothing in them takes the focus now, and they scroll: by keys, too.
    for (const panel of document.querySelectorAll<HTMLElement>(".qe-panel")) {
      if (narrow.matches) panel.tabIndex = 0;
      else panel.removeAttribute("tabindex");
    }
    note.hidden = !narrow.matches || editor.viewer;
  };
  note.replaceChildren(h("strong", {}, say("phoneTitle")), h("span", {}, say("phoneHint")), h("button", { type: "button", class: "btn btn-sm", "data-testid": "phone-link", onclick: copyLink }, say("phoneLink")));
  narrow.addEventListener("change", follow);
  follow();
}

/** Whoever tries to change what is only shown is told why nothing happens, and the way out. */
export function sayRefusals(editor: Editor, backToDraft: () => void): void {
  editor.onRefuse(() => {
    if (editor.phone) toast({ text: say("phoneHint") });
    else if (editor.preview) toast({ text: say("previewFixed"), action: { label: say("backToDraft"), run: backToDraft } });
  });
}
