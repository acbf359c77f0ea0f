/** The menu under the pointer: what can be done with the selection, and every object that lies there. */
import type { ActionTable } from "../../actions/action.ts";
import { unitOf } from "../../document/editor_state.ts";
import { titleOf, type Editor } from "../../state/editor.ts";
import { objectsAt } from "../../geometry/hit_test.ts";
import { contains, type Point } from "../../geometry/rect.ts";
import { h, icon } from "../../ui/dom.ts";
import { listenToMenu, menuRows, submenuRow } from "./menu_rows.ts";
import { OF_SELECTION } from "./menu_tree.ts";

export function mountContextMenu(editor: Editor, table: ActionTable, canvas: HTMLElement): (at: Point, screen: Point) => void {
  const menu = h("div", { class: "qe-context", role: "menu", "data-testid": "context-menu", hidden: true });
  canvas.append(menu);
  const done = (): void => close(true);

  function close(refocus: boolean): void {
    if (menu.hidden) return;
    menu.hidden = true;
    if (refocus) canvas.focus({ preventScroll: true });
  }

  function underPointer(at: Point): HTMLElement[] {
    const under = editor.seen.objects.filter((object) => !object.hidden && contains(object, at)).toReversed();
    if (under.length < 2) return [];
    const rows = under.map((object) =>
      h("button", { type: "button", role: "menuitemcheckbox", "aria-checked": String(editor.selection.has(object.id)), class: "qe-menu-row", tabindex: "-1", "data-under": object.id, onclick: () => {
        done();
        editor.select(new Set([object.id]));
      } }, icon(object.kind), h("span", {}, titleOf(object))),
    );
    return [submenuRow({ title: "underPointer", entries: rows }, { table, close: done })];
  }

  listenToMenu(menu, done);
  document.addEventListener("pointerdown", (event) => {
    if (!(event.target instanceof Node) || !menu.contains(event.target)) close(false);
  }, { capture: true });

  return function open(at: Point, screen: Point): void {
    const [top] = objectsAt(editor.seen, at);
    if (!editor.chosen.some((object) => contains(object, at))) editor.select(new Set(top ? unitOf(editor.document, editor.aids, top.id, editor.entered) : []));
    menu.replaceChildren(...menuRows([...underPointer(at), ...OF_SELECTION], { table, close: done, onlyPossible: true }));
    menu.dataset["x"] = String(at.x);
    menu.dataset["y"] = String(at.y);
    menu.hidden = false;
    const room = canvas.getBoundingClientRect();
    menu.style.left = `${Math.max(4, Math.min(screen.x, room.width - menu.offsetWidth - 4))}px`;
    menu.style.top = `${Math.max(4, Math.min(screen.y, room.height - menu.offsetHeight - 4))}px`;
    menu.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  };
}

/** Where the menu was opened last, in canvas pixels. */
export function menuPlace(canvas: HTMLElement): Point {
  const { x, y } = canvas.querySelector<HTMLElement>(".qe-context")?.dataset ?? {};
  return { x: Number(x ?? 0), y: Number(y ?? 0) };
}
