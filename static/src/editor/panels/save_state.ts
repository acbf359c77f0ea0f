import type { Editor } from "../editor.ts";
import type { Saving } from "../saving.ts";
import { say } from "../strings.ts";
import { h } from "./dom.ts";

/** The words beside the name, and the bar that appears when someone else has saved. */
export function mountSaveState(editor: Editor, saving: Saving, words: HTMLElement, bar: HTMLElement, openCopy: (id: string) => void): void {
  function sentence(): string {
    const { state } = saving;
    switch (state.kind) {
      case "saved":
        return state.at ? say("saved", { time: state.at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }) }) : "";
      case "unsaved":
        return say("unsaved");
      case "saving":
        return say("saving");
      case "retrying":
        return say("retry");
      case "readonly":
        return say("readonly");
      case "refused":
        return say("refused", { why: state.why });
      case "conflict":
        return say("conflicted");
    }
  }

  function draw(): void {
    const { state } = saving;
    words.textContent = sentence();
    words.dataset["state"] = state.kind;
    words.title = sentence();
    bar.hidden = state.kind !== "conflict";
    if (state.kind !== "conflict" || bar.dataset["shown"] === String(state.theirs.version)) return;
    bar.dataset["shown"] = String(state.theirs.version);
    bar.replaceChildren(
      h("strong", {}, say("conflict", { n: state.theirs.version })),
      h("button", { type: "button", class: "btn btn-sm btn-primary", "data-testid": "conflict-theirs", onclick: () => saving.takeTheirs() }, say("theirs")),
      h("button", { type: "button", class: "btn btn-sm", "data-testid": "conflict-copy", onclick: () => void saving.keepMineAsCopy().then((copy) => openCopy(copy.id)) }, say("mineCopy")),
      h("button", { type: "button", class: "btn btn-sm", "data-testid": "conflict-overwrite", "data-confirm": `${say("overwrite")}?`, onclick: () => void saving.overwrite() }, say("overwrite")),
    );
  }
  editor.onChange((part) => (part === "saving" || part === "document") && draw());
  draw();
}
