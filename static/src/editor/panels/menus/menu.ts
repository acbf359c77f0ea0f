/** A menu of actions behind one button. The rows are the same action objects that keys and the command search run. */
import type { ActionTable } from "../../actions/action.ts";
import { listenToMenu, menuRows } from "./menu_rows.ts";
import type { Entry } from "./menu_tree.ts";
import { popover, type Popover } from "../../ui/popover.ts";

export interface MenuLooks {
  /** Puts it in its place, once its rows are there. */
  readonly place?: () => void;
  /** Asked each time: leave out what cannot be done, instead of showing it pale. */
  readonly onlyPossible?: () => boolean;
}

export function mountMenu(table: ActionTable, entries: readonly Entry[], button: HTMLElement, panel: HTMLElement, { place, onlyPossible }: MenuLooks = {}): Popover {
  const close = (): void => menu.close();
  const menu = popover(button, panel, () => {
    panel.replaceChildren(...menuRows(entries, { table, close, onlyPossible: onlyPossible?.() ?? false }));
    place?.();
    panel.querySelector<HTMLElement>("button:not(:disabled)")?.focus({ preventScroll: true });
  });
  listenToMenu(panel, close);
  return menu;
}
