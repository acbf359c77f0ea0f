import type { Actions } from "../actions.ts";
import type { Editor } from "../editor.ts";
import { bottom, union } from "../geometry/rect.ts";
import { say } from "../strings.ts";
import { iconButton } from "./dom.ts";

const HEIGHT = 36;
const GAP = 14;

/** The five most used actions, above (or below) the selection. */
export function mountFloatingBar(editor: Editor, actions: Actions, bar: HTMLElement): void {
  bar.replaceChildren(
    iconButton("copy", say("duplicate", { name: "" }).trim(), () => actions.duplicate()),
    iconButton("forward", say("forward"), () => actions.order("forward")),
    iconButton("backward", say("backward"), () => actions.order("backward")),
    iconButton("fill", say("fill"), () => actions.fillCanvas()),
    iconButton("trash", say("delete", { name: "" }).trim(), () => actions.remove()),
  );
  function draw(): void {
    const around = union(editor.chosen);
    const shown = around !== null && !editor.inGesture && !editor.fixed && editor.inside === null && editor.chosen.some((object) => !object.locked);
    bar.hidden = !shown;
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
