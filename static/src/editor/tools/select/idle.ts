import { unitOf } from "../../document/editor_state.ts";
import { frameOf } from "../../commands/boxes.ts";
import { distances } from "../../geometry/gaps.ts";
import { handleAt, objectsAt } from "../../geometry/hit_test.ts";
import { union } from "../../geometry/rect.ts";
import type { Handle } from "../../geometry/resize.ts";
import type { Pointer, State, Surroundings } from "../tool.ts";
import { GUIDE_CURSORS, HANDLE_CURSORS, HANDLE_REACH } from "./cursors.ts";
import { guideUnder, guiding, rulerUnder } from "./guiding.ts";
import { pointing } from "./pointing.ts";
import { resizing } from "./resizing.ts";

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

  /** Holding Alt over another object (or the canvas) shows how far the selection is from it. */
  function measure(pointer: Pointer, top: string | null): void {
    const box = union(editor.chosen);
    const wanted = pointer.alt && box !== null && (top === null || !editor.selection.has(top));
    if (!wanted && editor.gesture.marks.length === 0) return;
    const other = union(editor.document.objects.filter((object) => top !== null && unitOf(editor.document, editor.aids, top, editor.entered).includes(object.id))) ?? frameOf(editor.document);
    editor.showMarks({ marks: wanted ? distances(box, other) : [] });
  }

  return {
    name: "idle",
    move(pointer) {
      const ruler = rulerUnder(editor, pointer);
      const handle = ruler ? null : handleUnder(around, pointer);
      const guide = ruler || handle ? null : guideUnder(editor, pointer);
      const top = ruler ? null : (objectsAt(editor.seen, pointer.at)[0]?.id ?? null);
      around.setCursor(ruler ? GUIDE_CURSORS[ruler] : handle ? HANDLE_CURSORS[handle] : guide ? GUIDE_CURSORS[guide.axis] : top && !editor.fixed ? "move" : "default");
      if (top !== editor.hovered) {
        editor.hovered = top;
        editor.emit("view");
      }
      measure(pointer, top);
    },
    press(pointer) {
      const ruler = rulerUnder(editor, pointer);
      if (ruler) return guiding(around, pointer, { axis: ruler, index: null });
      const handle = handleUnder(around, pointer);
      if (handle) return resizing(around, pointer, handle);
      const guide = guideUnder(editor, pointer);
      return guide ? guiding(around, pointer, guide) : pointing(around, pointer);
    },
    doublePress(pointer) {
      const [top] = objectsAt(editor.document, pointer.at);
      if (top && !editor.fixed) around.openObject(top.id);
    },
    cancel() {
      if (editor.guide !== null) editor.chooseGuide(null);
      else if (editor.entered) {
        const left = editor.entered;
        editor.select(new Set(editor.document.objects.filter((object) => editor.aids.groups[object.id]?.includes(left)).map((object) => object.id)));
        const path = editor.aids.groups[[...editor.selection][0] ?? ""] ?? [];
        editor.enter(path[path.indexOf(left) - 1] ?? null);
      } else editor.select(new Set());
    },
  };
}
