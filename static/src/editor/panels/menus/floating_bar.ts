import type { ActionTable } from "../../actions/action.ts";
import { tooltip } from "../../actions/action.ts";
import type { Editor } from "../../state/editor.ts";
import { bottom, union } from "../../geometry/rect.ts";
import { iconButton } from "../../ui/dom.ts";

const HEIGHT = 36;
const GAP = 14;
/** In a window that is lower than this the bar would cover what it is for. */
const LEAST_ROOM = 220;
const BUTTONS: ReadonlyArray<readonly [string, string]> = [["copy", "duplicate"], ["forward", "order-forward"], ["backward", "order-backward"], ["fill", "fill-canvas"], ["trash", "delete"], ["more", "context-menu"]];

/** The five most used actions and the way to all others, above (or below) the selection. */
export function mountFloatingBar(editor: Editor, table: ActionTable, bar: HTMLElement): void {
  bar.replaceChildren(
    ...BUTTONS.flatMap(([icon, id]) => {
      const one = table.get(id);
      return one ? [iconButton(icon, one.title(), () => table.run(id), { title: tooltip(one), "data-do-here": id })] : [];
    }),
  );
  function draw(): void {
    const around = union(editor.chosen);
    const shown = around !== null && !editor.inGesture && !editor.fixed && editor.inside === null && editor.chosen.some((object) => !object.locked) && (bar.parentElement?.clientHeight ?? 0) >= LEAST_ROOM;
    if (bar.hidden === shown) bar.hidden = !shown;
    if (!shown) return;
    const { zoom, x, y } = editor.view;
    const area = bar.parentElement?.getBoundingClientRect();
    const above = y + around.y * zoom - HEIGHT - GAP;
    const below = y + bottom(around) * zoom + GAP;
    const top = above >= 4 ? above : below + HEIGHT + 4 <= (area?.height ?? 0) ? below : y + around.y * zoom + GAP;
    const left = x + (around.x + around.width / 2) * zoom - bar.offsetWidth / 2;
    bar.style.left = `${Math.max(4, Math.min((area?.width ?? 0) - bar.offsetWidth - 4, left))}px`;
    bar.style.top = `${Math.max(4, top)}px`;
  }
  editor.onChange(draw);
  draw();
}
