/** The choice of a product whose sizes hold for the hand, below the canvas' own fields. */
import type { Editor } from "../../state/editor.ts";
import { NO_LIMITS } from "../../geometry/limits.ts";
import type { MadeFor } from "../../sync/target_product.ts";
import { say } from "../../i18n/strings.ts";
import { h } from "../../ui/dom.ts";
import { choiceField } from "../inspector/fields.ts";

export function mountMadeFor(editor: Editor, madeFor: MadeFor, element: HTMLElement): void {
  const choice = choiceField<string>(
    { label: say("madeFor"), name: "made_for", read: () => [madeFor.choice ?? "-"], write: (slug) => madeFor.choose(slug === "-" ? null : slug) },
    [["-", say("madeForRunning")], ...madeFor.all.map((one) => [one.slug, one.title] as const)],
  );
  choice.element.classList.add("qe-wide");
  const words = h("p", { class: "qe-hint qe-wide", "data-testid": "made-for-words" });
  element.append(h("fieldset", { class: "qe-section", disabled: editor.readonly }, h("legend", {}, say("madeForTitle")), choice.element, words));

  function draw(): void {
    const { smallest, step, overhang } = editor.limits;
    choice.refresh();
    words.textContent = [
      madeFor.choice === null && madeFor.products.length > 0 ? `${madeFor.products.map((one) => one.title).join(say("comma"))}${say("fullStop")}` : "",
      smallest.width > NO_LIMITS.smallest.width || smallest.height > NO_LIMITS.smallest.height ? say("limitSize", { w: smallest.width, h: smallest.height }) : "",
      step > 1 ? say("limitEven") : "",
      overhang.size > 0 ? say("limitOver", { kinds: [...overhang].map((kind) => say(kind)).join(say("comma")) }) : say("limitInside"),
    ].filter(Boolean).join(" ");
  }

  madeFor.onChange(draw);
  draw();
}
