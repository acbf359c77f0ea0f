import { wholeUnits } from "../../document/editor_state.ts";
import { objectsTouching } from "../../geometry/hit_test.ts";
import { between } from "../../geometry/rect.ts";
import type { Pointer, State, Surroundings } from "../tool.ts";

/** Drags a rectangle from empty canvas; what it touches is selected. */
export function marquee(around: Surroundings, start: Pointer): State {
  const { editor } = around;
  const before = editor.selection;
  return {
    name: "marquee",
    dragging: true,
    move(pointer) {
      const area = between(start.at, pointer.at);
      const caught = wholeUnits(editor.document, editor.aids, objectsTouching(editor.seen, area).map((object) => object.id), pointer.ctrl ? editor.entered : null);
      const next = start.shift ? new Set([...before, ...caught]) : caught;
      if (next.size !== editor.selection.size || [...next].some((id) => !editor.selection.has(id))) editor.select(next);
      editor.showGesture(editor.document, { marquee: area });
    },
    release() {
      editor.cancelGesture();
      editor.emit("selection");
      return "idle";
    },
    cancel() {
      editor.cancelGesture();
      editor.select(before);
      return "idle";
    },
  };
}
