import type { Pointer, State, Surroundings } from "./tool.ts";
import type { View } from "../editor.ts";

/** Drags the view. */
export function pan({ editor }: Surroundings): State {
  let start: { readonly pointer: Pointer; readonly view: View } | null = null;
  return {
    name: "pan",
    cursor: "grab",
    press(pointer) {
      start = { pointer, view: editor.view };
    },
    move(pointer) {
      if (!start) return;
      const { screen } = start.pointer;
      editor.setView({ ...start.view, x: start.view.x + pointer.screen.x - screen.x, y: start.view.y + pointer.screen.y - screen.y });
    },
    release() {
      start = null;
    },
    cancel() {
      start = null;
    },
  };
}
