/** Two pictures side by side, and what differs in words. */
import { snapshot } from "../../canvas/snapshot.ts";
import type { LayoutDocument } from "../../document/types.ts";
import { say } from "../../i18n/strings.ts";
import { differenceWords } from "./difference_labels.ts";
import { h } from "../../ui/dom.ts";

export interface Side {
  readonly label: string;
  readonly document: LayoutDocument;
  /** As broadcasters know it: what is prepared is green, what is on air is red. */
  readonly frame?: "draft" | "air";
}

const WIDTH = 460;

export function figure({ label, document, frame }: Side): HTMLElement {
  return h("figure", { class: `qe-side${frame ? ` is-${frame}` : ""}` }, snapshot(document, WIDTH), h("figcaption", {}, label));
}

export function changeList(sentences: readonly string[], none: string): HTMLElement {
  return sentences.length === 0 ? h("p", { class: "qe-hint" }, none) : h("ul", { class: "qe-changes" }, ...sentences.map((one) => h("li", {}, one)));
}

/** Opens over the page; `actions` are buttons that close it when they are done. */
export function openCompare(title: string, left: Side, right: Side, actions: (close: () => void) => HTMLElement[]): void {
  const dialog = h("dialog", { class: "qe-dialog qe-compare", "aria-labelledby": "compare-title", "data-testid": "compare" });
  const close = (): void => dialog.close();
  dialog.append(
    h("h2", { id: "compare-title" }, title),
    h("div", { class: "qe-sides" }, figure(left), figure(right)),
    changeList(differenceWords(left.document, right.document), say("sameDocument")),
    h("div", { class: "qe-row" }, ...actions(close), h("button", { type: "button", class: "btn", onclick: close }, say("close"))),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
