import { objectsAt, handleAt } from "../../geometry/hit_test.ts";
import { union } from "../../geometry/rect.ts";
import type { Handle } from "../../geometry/resize.ts";
import type { Pointer, State, Surroundings } from "../tool.ts";
import { pointing } from "./pointing.ts";
import { resizing } from "./resizing.ts";

const CURSORS: Record<Handle, string> = { nw: "nwse-resize", se: "nwse-resize", ne: "nesw-resize", sw: "nesw-resize", n: "ns-resize", s: "ns-resize", e: "ew-resize", w: "ew-resize" };
const HANDLE_REACH = { mouse: 7, touch: 13 };

export function handleUnder({ editor }: Surroundings, pointer: Pointer): Handle | null {
  const movable = editor.chosen.filter((object) => !object.locked && !object.hidden);
  const around = union(movable);
  if (!around || movable.length !== editor.selection.size || editor.fixed) return null;
  const { zoom } = editor.view;
  return handleAt(around, pointer.at, (pointer.touch ? HANDLE_REACH.touch : HANDLE_REACH.mouse) / zoom, zoom);
}

/** Nothing is pressed: hovers, and decides what a press begins. */
export function idle(around: Surroundings): State {
  const { editor } = around;
  return {
    name: "idle",
    move(pointer) {
      const handle = handleUnder(around, pointer);
      const top = objectsAt(editor.document, pointer.at)[0]?.id ?? null;
      around.setCursor(handle ? CURSORS[handle] : top ? "move" : "default");
      if (top !== editor.hovered) {
        editor.hovered = top;
        editor.emit("gesture");
      }
    },
    press(pointer) {
      const handle = handleUnder(around, pointer);
      return handle ? resizing(around, pointer, handle) : pointing(around, pointer);
    },
    doublePress(pointer) {
      const [top] = objectsAt(editor.document, pointer.at);
      if (top) around.openObject(top.id);
    },
    cancel() {
      editor.select(new Set());
    },
  };
}
