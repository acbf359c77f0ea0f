import { groupsOf, unitOf } from "../../document/editor_state.ts";
import { objectsAt } from "../../geometry/hit_test.ts";
import { isDrag, type Pointer, type State, type Surroundings } from "../tool.ts";
import { marquee } from "./marquee.ts";
import { moving } from "./moving.ts";

/** Pressed, not yet dragged: a click if it ends here. */
export function pointing(around: Surroundings, start: Pointer): State {
  const { editor } = around;
  const under = objectsAt(editor.seen, start.at);
  // Alt+click steps to the next object below the selected one.
  const current = under.findIndex((object) => editor.selection.has(object.id));
  const top = start.alt && current >= 0 ? under[(current + 1) % under.length] : under[0];
  // A press on something already selected keeps the selection for a drag; a click then narrows it.
  const held = under.find((object) => editor.selection.has(object.id));

  /** Ctrl+click reaches through groups; else the group that stands for the object is taken whole. */
  function unit(id: string): string[] {
    if (start.ctrl) editor.entered = groupsOf(editor.aids, id).at(-1) ?? null;
    else if (editor.entered && !groupsOf(editor.aids, id).includes(editor.entered)) editor.entered = null;
    return start.ctrl ? [id] : unitOf(editor.document, editor.aids, id, editor.entered);
  }

  function click(): void {
    if (!top) {
      if (start.shift) return;
      editor.entered = null;
      editor.select(new Set());
      return;
    }
    const ids = unit(top.id);
    if (start.shift) {
      const whole = ids.every((id) => editor.selection.has(id));
      const next = new Set(editor.selection);
      for (const id of ids) {
        if (whole) next.delete(id);
        else next.add(id);
      }
      editor.select(next);
      return;
    }
    // One of several clicked again is the one the others align to; clicked once more, it stands alone.
    const amongOthers = !start.alt && ids.every((id) => editor.selection.has(id)) && editor.selection.size > ids.length;
    if (amongOthers && editor.keyObject !== top.id) {
      editor.keyObject = top.id;
      editor.emit("selection");
    } else editor.select(new Set(ids));
  }

  return {
    name: "pointing",
    move(pointer) {
      if (!isDrag(start, pointer)) return;
      if (!top) return begun(marquee(around, start), pointer);
      if (!held || start.shift) editor.select(new Set([...(start.shift ? editor.selection : []), ...unit(top.id)]));
      if (editor.fixed) return "idle";
      return begun(moving(around, start), pointer);
    },
    release() {
      click();
      return "idle";
    },
    cancel: () => "idle",
  };
}

/** A drag that has got going: it shows at once where the pointer is. */
function begun(state: State, pointer: Pointer): State {
  state.move?.(pointer);
  return state;
}
