import { objectsAt } from "../../geometry/hit_test.ts";
import { isDrag, type Pointer, type State, type Surroundings } from "../tool.ts";
import { idle } from "./idle.ts";
import { marquee } from "./marquee.ts";
import { moving } from "./moving.ts";

/** Pressed, not yet dragged: a click if it ends here. */
export function pointing(around: Surroundings, start: Pointer): State {
  const { editor } = around;
  const under = objectsAt(editor.document, start.at);
  // Alt+click steps to the next object below the selected one.
  const current = under.findIndex((object) => editor.selection.has(object.id));
  const top = start.alt && current >= 0 ? under[(current + 1) % under.length] : under[0];
  // A press on something already selected keeps the selection for a drag; a click then narrows it.
  const held = under.find((object) => editor.selection.has(object.id));

  function click(): void {
    if (!top) {
      if (!start.shift) editor.select(new Set());
      return;
    }
    if (!start.shift) {
      editor.select(new Set([top.id]));
      return;
    }
    const next = new Set(editor.selection);
    if (!next.delete(top.id)) next.add(top.id);
    editor.select(next);
  }

  return {
    name: "pointing",
    move(pointer) {
      if (!isDrag(start, pointer)) return;
      if (!top) return marquee(around, start);
      if (!held || start.shift) editor.select(start.shift ? new Set([...editor.selection, top.id]) : new Set([top.id]));
      if (editor.fixed) return idle(around);
      const next = moving(around, start);
      next.move?.(pointer);
      return next;
    },
    release() {
      click();
      return idle(around);
    },
    cancel: () => idle(around),
  };
}
