import type { Pointer, State, Surroundings } from "./tool.ts";
import type { View } from "../geometry/view.ts";

/** Drags the view. */
export function pan({ editor, setCursor }: Surroundings): State {
  let start: { readonly pointer: Pointer; readonly view: View } | null = null;
  const stop = (): void => {
    start = null;
    setCursor("grab");
  };
  return {
    name: "pan",
    cursor: "grab",
    press(pointer) {
      start = { pointer, view: editor.view };
      setCursor("grabbing");
    },
    move(pointer) {
      if (!start) return;
      const { screen } = start.pointer;
      editor.setView({ ...start.view, x: start.view.x + pointer.screen.x - screen.x, y: start.view.y + pointer.screen.y - screen.y });
    },
    release: stop,
    cancel: stop,
  };
}
