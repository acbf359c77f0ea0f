/** Stand-ins: how many people there are, and what they are like. */
import { CASTS, MOST_PEOPLE, type Cast } from "../../document/people.ts";
import type { Editor } from "../../state/editor.ts";
import { say } from "../../i18n/strings.ts";
import { h } from "../../ui/dom.ts";
import { popover } from "../../ui/popover.ts";

export function mountPeople(editor: Editor, button: HTMLElement, panel: HTMLElement): void {
  const slider = h("input", { type: "range", min: 0, max: MOST_PEOPLE, step: 1, class: "form-range", "data-testid": "people-slider", "aria-label": say("people") });
  const number = h("output", { class: "tabular" });
  const select = h("select", { class: "form-select form-select-sm", "aria-label": say("cast"), "data-testid": "people-cast" }, ...CASTS.map((cast) => h("option", { value: cast }, say(`cast-${cast}`))));
  panel.replaceChildren(
    h("div", { class: "qe-people-row" }, h("span", {}, say("people")), slider, number),
    h("label", { class: "qe-field" }, h("span", {}, say("cast")), select),
  );
  slider.addEventListener("input", () => editor.setPeople({ ...editor.people, count: Number(slider.value) }));
  slider.addEventListener("change", () => editor.announce(say("joined", { n: slider.value })));
  select.addEventListener("change", () => editor.setPeople({ ...editor.people, cast: select.value as Cast }));
  popover(button, panel, () => slider.focus());
  function draw(): void {
    const { count, cast } = editor.people;
    slider.value = String(count);
    number.textContent = say("peopleCount", { n: count });
    slider.setAttribute("aria-valuetext", say("joined", { n: count }));
    select.value = cast;
    button.replaceChildren(h("span", { class: "qe-soft" }, `${say("people")} `), h("strong", { class: "tabular" }, count === MOST_PEOPLE ? say("peopleAll") : String(count)), h("span", { "aria-hidden": "true" }, " ▴"));
  }
  editor.onChange((part) => part === "preview" && draw());
  draw();
}
