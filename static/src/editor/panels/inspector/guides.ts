/** Guides by their numbers: a field for each below the canvas' own, and the question for a new one. */
import { toast } from "../../../behaviors/toasts.ts";
import { drawGuide, dropGuide, longest, putGuide } from "../../actions/guides.ts";
import type { UserGuide } from "../../document/editor_state.ts";
import type { Editor } from "../../state/editor.ts";
import { evaluate } from "../../geometry/expression.ts";
import { clamp } from "../../geometry/rect.ts";
import { say } from "../../i18n/strings.ts";
import { h } from "../../ui/dom.ts";
import { numberField, type Field } from "./fields.ts";

export function mountGuides(editor: Editor, element: HTMLElement): void {
  const rows = h("div", { class: "qe-guides qe-wide", "data-testid": "guides" });
  const add = h("button", { type: "button", class: "btn btn-sm", "data-do": "add-guide", "data-testid": "add-guide" }, say("guideAdd"));
  const box = h("fieldset", { class: "qe-section" }, h("legend", {}, say("guides")), rows, h("div", { class: "qe-row" }, add));
  element.append(box);
  let shown = "";
  let fields: Field[] = [];

  function rowOf({ axis }: UserGuide, index: number): HTMLElement {
    const at = (): number => editor.aids.guides[index]?.at ?? 0;
    const field = numberField({
      label: say("guideNumber", { axis: axis.toUpperCase() }), name: `guide_${index}`, whole: longest(editor, axis), low: 0, high: longest(editor, axis),
      read: () => [at()], write: (next) => putGuide(editor, index, next(at())), refuse: (message) => toast({ text: message, level: "error" }),
    });
    fields.push(field);
    const remove = (): string => say("guideRemove", { axis: axis.toUpperCase(), at: at() });
    return h("div", { class: "qe-guide" }, field.element, h("button", { type: "button", class: "qe-tool", title: remove(), "aria-label": remove(), onclick: () => {
      dropGuide(editor, index);
      (rows.querySelector<HTMLElement>(`[data-field="guide_${Math.max(0, index - 1)}"]`) ?? add).focus();
    } }, h("span", { "aria-hidden": "true" }, "×")));
  }

  function draw(): void {
    const { guides } = editor.aids;
    const key = `${guides.map(({ axis }) => axis).join()} ${editor.document.canvas.width}x${editor.document.canvas.height}`;
    box.disabled = editor.fixed;
    if (key !== shown) {
      shown = key;
      fields = [];
      rows.replaceChildren(...(guides.length > 0 ? guides.map(rowOf) : [h("p", { class: "qe-hint" }, say("guideNone"))]));
    }
    for (const field of fields) field.refresh();
  }

  editor.onChange((part) => (part === "document" || part === "selection" || part === "preview" || part === "mode") && draw());
  draw();
}

/** Over the page: which way it runs, and where. */
export function askGuide(editor: Editor): void {
  const axis = h("select", { class: "form-select", "data-testid": "guide-axis" }, h("option", { value: "x" }, say("guideUpright")), h("option", { value: "y" }, say("guideLevel")));
  const at = h("input", { type: "text", inputmode: "decimal", class: "form-control tabular", required: true, value: "50%", autocomplete: "off", "data-testid": "guide-at" });
  const dialog = h("dialog", { class: "qe-dialog is-narrow", "aria-labelledby": "guide-title", "data-testid": "ask-guide" });
  const form = h(
    "form", { method: "dialog" },
    h("h2", { id: "guide-title" }, say("guideAdded")),
    h("div", { class: "qe-section" }, h("label", { class: "qe-field" }, h("span", {}, say("guideAxis")), axis), h("label", { class: "qe-field" }, h("span", {}, say("guideAt")), at)),
    h("div", { class: "qe-row" }, h("button", { class: "btn btn-primary" }, say("guideAdded")), h("button", { type: "button", class: "btn", onclick: () => dialog.close() }, say("cancel"))),
  );
  form.addEventListener("submit", (event) => {
    const way = axis.value as UserGuide["axis"];
    const whole = longest(editor, way);
    const place = evaluate(at.value, 0, whole);
    if (place !== null) {
      drawGuide(editor, { axis: way, at: clamp(place, 0, whole) });
      return;
    }
    event.preventDefault();
    at.setAttribute("aria-invalid", "true");
    at.select();
    toast({ text: say("badNumber", { field: say("guideAt"), typed: at.value }), level: "error" });
  });
  at.addEventListener("input", () => at.removeAttribute("aria-invalid"));
  dialog.addEventListener("close", () => {
    dialog.remove();
    document.querySelector<HTMLElement>('[data-part="canvas"]')?.focus();
  });
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  at.select();
}
