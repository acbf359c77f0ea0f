/** A menu of actions behind one button. The rows are the same action objects that keys and the command search run. */
import { keysOf, type ActionTable } from "../actions/action.ts";
import { h } from "./dom.ts";
import { popover } from "./popover.ts";

export function mountMenu(table: ActionTable, ids: readonly string[], button: HTMLElement, panel: HTMLElement): void {
  const menu = popover(button, panel, () => {
    panel.replaceChildren(
      ...ids.flatMap((id) => {
        const one = table.get(id);
        if (!one) return [];
        const [key] = keysOf(one);
        const row = h("button", { type: "button", role: "menuitem", class: "qe-menu-row", disabled: !table.allows(one), "data-menu": id }, h("span", {}, one.title()), key ? h("kbd", {}, key) : "");
        row.addEventListener("click", () => {
          menu.close();
          table.run(id);
        });
        return [row];
      }),
    );
    panel.querySelector<HTMLElement>("button:not(:disabled)")?.focus();
  });
  panel.addEventListener("keydown", (event) => {
    const rows = [...panel.querySelectorAll<HTMLElement>("button:not(:disabled)")];
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    rows[(rows.indexOf(document.activeElement as HTMLElement) + by + rows.length) % rows.length]?.focus();
  });
}
