/** Asks for a name, over the page. */
import { say } from "../i18n/strings.ts";
import { h } from "./dom.ts";

/** The name, trimmed; null where somebody thought better of it. */
export function askName(title: string, value: string, most: number, button: string): Promise<string | null> {
  return new Promise((answer) => {
    let name: string | null = null;
    const input = h("input", { type: "text", class: "form-control", maxlength: most, required: true, value, "aria-labelledby": "ask-title", autocomplete: "off" });
    const dialog = h("dialog", { class: "qe-dialog", "aria-labelledby": "ask-title", "data-testid": "ask-name" });
    const form = h("form", { method: "dialog" }, h("h2", { id: "ask-title" }, title), input, h("div", { class: "qe-row" }, h("button", { class: "btn btn-primary" }, button), h("button", { type: "button", class: "btn", onclick: () => dialog.close() }, say("cancel"))));
    form.addEventListener("submit", (event) => {
      name = input.value.trim();
      if (name) return;
      // Spaces alone are no name.
      event.preventDefault();
      input.value = "";
      input.reportValidity();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(name);
    });
    dialog.append(form);
    document.body.append(dialog);
    dialog.showModal();
    input.select();
  });
}
