/** F6 goes round the parts of the editor; inside a toolbar the arrows go from button to button. */
import { say, type Key } from "../../i18n/strings.ts";

const AREAS: ReadonlyArray<readonly [string, Key]> = [[".qe-top", "areaTop"], [".qe-canvas", "areaCanvas"], [".qe-left", "areaLeft"], [".qe-right", "areaRight"], [".qe-bottom", "areaBottom"]];
const FOCUSABLE = 'a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex="0"]';

/** Answers the words for the area that has the focus now. */
export function goToArea(by: 1 | -1): string {
  const areas = AREAS.flatMap(([selector, name]) => {
    const element = document.querySelector<HTMLElement>(selector);
    return element && element.getClientRects().length > 0 ? [{ element, name }] : [];
  });
  const now = areas.findIndex(({ element }) => element.contains(document.activeElement));
  const next = areas[(now + by + areas.length) % areas.length];
  if (!next) return "";
  const { element } = next;
  const first = element.tabIndex >= 0 ? element : [...element.querySelectorAll<HTMLElement>(FOCUSABLE)].find((one) => one.tabIndex >= 0 && one.getClientRects().length > 0);
  first?.focus();
  return say("areas", { name: say(next.name) });
}

/** One Tab stop for a whole toolbar, as screen readers expect it. */
export function roveToolbars(): void {
  for (const bar of document.querySelectorAll<HTMLElement>('[role="toolbar"]')) rove(bar);
}

function rove(bar: HTMLElement): void {
  const buttons = (): HTMLElement[] => [...bar.querySelectorAll<HTMLElement>("button, select, a[href]")].filter((one) => one.getClientRects().length > 0);
  function settle(current: HTMLElement | undefined): void {
    for (const one of bar.querySelectorAll<HTMLElement>("button, a[href]")) one.tabIndex = one === current ? 0 : -1;
  }
  bar.addEventListener("focusin", (event) => event.target instanceof HTMLElement && settle(event.target));
  bar.addEventListener("keydown", (event) => {
    const ahead = getComputedStyle(bar).direction === "rtl" ? -1 : 1;
    const by = event.key === "ArrowRight" ? ahead : event.key === "ArrowLeft" ? -ahead : 0;
    if (by === 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const all = buttons().filter((one) => !(one instanceof HTMLButtonElement && one.disabled));
    const next = all[(all.indexOf(document.activeElement as HTMLElement) + by + all.length) % all.length];
    event.preventDefault();
    event.stopPropagation();
    next?.focus();
  });
  // Presets are drawn anew for a canvas of another shape.
  new MutationObserver(() => settle(buttons()[0])).observe(bar, { childList: true });
  settle(buttons()[0]);
}
