/** The words beside the name, and the bar that appears when someone else has saved. */
import { parseDocument } from "../../document/parse.ts";
import type { Editor } from "../../state/editor.ts";
import type { Lost, SaveState } from "../../sync/save_states.ts";
import type { Saving } from "../../sync/saving.ts";
import { say } from "../../i18n/strings.ts";
import { openCompare } from "./compare.ts";
import { h } from "../../ui/dom.ts";

const TROUBLE: ReadonlySet<SaveState["kind"]> = new Set(["offline", "retrying", "refused"]);

/** "14:02"; the same in every language. */
export function clockTime(at: Date): string {
  return at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

export function mountSaveState(editor: Editor, saving: Saving, words: HTMLElement, bar: HTMLElement, openCopy: (id: string) => void): void {
  function sentence(): string {
    const { state } = saving;
    switch (state.kind) {
      case "saved":
        return state.at ? say("saved", { time: clockTime(state.at) }) : "";
      case "unsaved":
        return say("unsaved");
      case "saving":
        return say("saving");
      case "offline":
        return say("offline");
      case "retrying":
        return say("retry");
      case "readonly":
        return say("readonly");
      case "refused":
        return say("refused", { why: state.why });
      case "conflict":
        return say("conflicted");
      case "signedOut":
      case "gone":
      case "forbidden":
        return say(`${state.kind}Short`);
    }
  }

  /** Trouble, and its end; not that each change was saved, which is what everybody expects. */
  let spoken: SaveState["kind"] = "saved";
  function speak(): void {
    const { state, lost } = saving;
    if (state.kind === spoken || state.kind === "saving" || state.kind === "unsaved") return;
    if (lost !== null) editor.announce(say(`${lost}Long`), true);
    else if (state.kind === "conflict") editor.announce(say("conflictWho", { who: state.theirs.updated_by || say("someone"), n: state.theirs.version }), true);
    else if (TROUBLE.has(state.kind)) editor.announce(sentence(), true);
    else if (state.kind === "saved") editor.announce(sentence());
    spoken = state.kind;
  }

  function copy(): void {
    void saving.keepMineAsCopy().then((made) => made && openCopy(made.id));
  }

  function choices(close: () => void): HTMLElement[] {
    const then = (run: () => void) => (): void => {
      close();
      run();
    };
    return [
      h("button", { type: "button", class: "btn btn-sm btn-primary", "data-testid": "conflict-theirs", onclick: then(() => saving.takeTheirs()) }, say("theirs")),
      h("button", { type: "button", class: "btn btn-sm", "data-testid": "conflict-copy", onclick: then(copy) }, say("mineCopy")),
      h("button", { type: "button", class: "btn btn-sm", "data-testid": "conflict-overwrite", onclick: then(askOverwrite) }, say("overwrite")),
    ];
  }

  function waysOut(lost: Lost): HTMLElement[] {
    const keep = h("button", { type: "button", class: "btn btn-sm", "data-testid": "lost-copy", onclick: copy }, say("mineCopy"));
    const again = h("button", { type: "button", class: "btn btn-sm", "data-testid": "lost-again", onclick: () => void saving.retry() }, say("tryAgain"));
    if (lost === "signedOut") return [h("a", { class: "btn btn-sm btn-primary", href: "/login/?next=/layouts/", target: "_blank", "data-testid": "lost-sign-in" }, say("signIn")), again];
    if (lost === "forbidden") return [again];
    return editor.viewer ? [] : [h("button", { type: "button", class: "btn btn-sm btn-primary", "data-testid": "lost-restore", onclick: () => void saving.bringBack() }, say("bringBack")), keep];
  }

  function showDifferences(): void {
    const { state } = saving;
    if (state.kind !== "conflict") return;
    const { theirs } = state;
    openCompare(say("conflictTitle", { n: theirs.version }), { label: say("theirsIs", { n: theirs.version }), document: parseDocument(theirs.document) }, { label: say("mine"), document: editor.document, frame: "draft" }, choices);
  }

  /** What cannot be undone by the other person is asked once. */
  function askOverwrite(): void {
    const { state } = saving;
    if (state.kind !== "conflict") return;
    const dialog = h("dialog", { class: "qe-dialog", "aria-labelledby": "overwrite-title" });
    const close = (): void => dialog.close();
    dialog.append(
      h("h2", { id: "overwrite-title" }, say("overwriteAsk", { n: state.theirs.version })),
      h("div", { class: "qe-row" }, h("button", { type: "button", class: "btn btn-primary", "data-testid": "overwrite-yes", onclick: () => {
        close();
        void saving.overwrite();
      } }, say("yes")), h("button", { type: "button", class: "btn", onclick: close }, say("cancel"))),
    );
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  function draw(): void {
    const { state } = saving;
    const said = sentence();
    if (words.textContent !== said) words.textContent = said;
    words.dataset["state"] = state.kind;
    words.title = said;
    speak();
    const { lost } = saving;
    bar.hidden = state.kind !== "conflict" && lost === null;
    if (bar.hidden) delete bar.dataset["shown"];
    if (lost !== null && bar.dataset["shown"] !== lost) {
      bar.dataset["shown"] = lost;
      bar.replaceChildren(h("strong", {}, say(`${lost}Long`)), ...waysOut(lost));
    }
    if (state.kind !== "conflict" || bar.dataset["shown"] === String(state.theirs.version)) return;
    bar.dataset["shown"] = String(state.theirs.version);
    const who = state.theirs.updated_by || say("someone");
    bar.replaceChildren(
      h("strong", {}, say("conflictWho", { who, n: state.theirs.version })),
      h("button", { type: "button", class: "btn btn-sm", "data-testid": "conflict-differences", onclick: showDifferences }, say("differ")),
      ...choices(() => undefined),
    );
  }
  editor.onChange((part) => (part === "saving" || part === "document") && draw());
  draw();
}
