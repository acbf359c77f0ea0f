/** The words of a button for whoever comes to it by keyboard: a title of its own the browser shows to a pointer only. */
import { h } from "./dom.ts";

const AIR = 6;
const EDGE = 8;

/** One tooltip for the page. It stands over everything, moves nothing, and goes with the focus, a press, a scroll or Esc. */
export function mountTooltips(root: HTMLElement): void {
  // Screen readers have the name and the title already.
  const tip = h("div", { class: "qe-tip", "aria-hidden": "true", "data-testid": "tooltip", hidden: true });
  document.body.append(tip);

  function hide(): void {
    tip.hidden = true;
  }

  function show(target: HTMLElement): void {
    const words = target.title;
    if (!words || words === target.textContent?.trim()) return;
    tip.textContent = words;
    tip.hidden = false;
    // A dialog lies above the page: there the tooltip belongs to it.
    const above = target.closest("dialog") ?? document.body;
    if (tip.parentElement !== above) above.append(tip);
    const at = target.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = tip;
    const below = at.bottom + AIR + height <= innerHeight - EDGE;
    tip.style.left = `${Math.max(EDGE, Math.min(innerWidth - width - EDGE, at.left + at.width / 2 - width / 2))}px`;
    tip.style.top = `${Math.max(EDGE, below ? at.bottom + AIR : at.top - AIR - height)}px`;
  }

  document.addEventListener("focusin", ({ target }) => {
    hide();
    if (target instanceof HTMLElement && target.matches("button[title], a[title]") && (root.contains(target) || target.closest("dialog")) && target.matches(":focus-visible")) show(target);
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("pointerdown", hide, { capture: true });
  document.addEventListener("scroll", hide, { capture: true, passive: true });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide(), { capture: true });
}
