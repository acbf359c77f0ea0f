/** What is wrong with something that was brought, a sentence each. */
import { ApiError } from "../../../api/client.ts";
import { say } from "../../i18n/strings.ts";
import { h } from "../../ui/dom.ts";

/** The server's no as sentences, each with its place. */
export function sentencesOf(error: ApiError): string[] {
  return error.problems.length > 0 ? error.problems.map(({ pointer, message }) => (pointer ? `${pointer} — ${message}` : message)) : [error.message];
}

export function showProblems(sentences: readonly string[], title = say("importBad")): void {
  const dialog = h("dialog", { class: "qe-dialog", "aria-labelledby": "problems-title", "data-testid": "import-problems" });
  dialog.append(
    h("h2", { id: "problems-title" }, title),
    h("ul", { class: "qe-changes" }, ...sentences.map((one) => h("li", {}, one))),
    h("div", { class: "qe-row" }, h("button", { type: "button", class: "btn", onclick: () => dialog.close() }, say("close"))),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
