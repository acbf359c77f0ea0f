import { fitObjectsInto, frameOf } from "../../commands/boxes.ts";
import { keepsRatio } from "../../document/editor_state.ts";
import { nameOf } from "../../state/editor.ts";
import { NO_LIMITS, roomFor, smallestAround, stepOf } from "../../geometry/limits.ts";
import { AXES, high, low, reachOf, union, type Axis } from "../../geometry/rect.ts";
import { edgesOf, resized, type Handle } from "../../geometry/resize.ts";
import { NOT_SNAPPED, snapEdges } from "../../geometry/snap.ts";
import { sizeWords } from "../../a11y/describe.ts";
import { say } from "../../i18n/strings.ts";
import { reach, snaps, targetsFor } from "../targets.ts";
import { isDrag, type Pointer, type State, type Surroundings } from "../tool.ts";

/** Drags one handle of the box around the selection. Shift turns the objects' "keep ratio" round; several together keep it where any of them does. */
export function resizing(around: Surroundings, start: Pointer, handle: Handle): State {
  const { editor } = around;
  const begin = editor.document;
  const ids = editor.selection;
  const objects = editor.chosen;
  const box = union(objects);
  const ratioByDefault = objects.some((object) => keepsRatio(editor.aids, object));
  const edges = edgesOf(handle);
  const smallest = box ? smallestAround(objects, box, editor.limits) : NO_LIMITS.smallest;
  const step = stepOf(objects, editor.limits);
  // While space is held the whole box is carried; from then on it is resized from there.
  let carried = { x: 0, y: 0 };
  let last = start;

  return {
    name: "resizing",
    dragging: true,
    move(pointer) {
      if (!box || (!editor.inGesture && !isDrag(start, pointer))) return;
      if (pointer.space) carried = { x: carried.x + pointer.at.x - last.at.x, y: carried.y + pointer.at.y - last.at.y };
      last = pointer;
      const from = { ...box, x: box.x + Math.round(carried.x), y: box.y + Math.round(carried.y) };
      const frame = reachOf(roomFor(objects, from, frameOf(begin), editor.limits), from);
      const keepRatio = ratioByDefault !== pointer.shift;
      const by: Record<Axis, number> = { x: pointer.at.x - start.at.x - Math.round(carried.x), y: pointer.at.y - start.at.y - Math.round(carried.y) };
      const lead: Axis | undefined = !keepRatio ? undefined : edges.x === undefined ? "y" : edges.y === undefined ? "x" : Math.abs(by.x) * box.height >= Math.abs(by.y) * box.width ? "x" : "y";
      const options = { keepRatio, fromCenter: pointer.alt, frame, lead, smallest, step };
      let to = resized(from, handle, by.x, by.y, options);
      let snapped = NOT_SNAPPED;
      if (snaps(editor, pointer)) {
        // With a kept ratio one edge snaps and the other follows from it.
        const moving = Object.fromEntries(AXES.flatMap((axis) => (edges[axis] && (lead === undefined || lead === axis) ? [[axis, edges[axis]]] : [])));
        snapped = snapEdges(to, moving, { ...targetsFor(editor, begin, ids), step }, reach(editor));
        for (const [axis, extra] of [["x", snapped.dx], ["y", snapped.dy]] as const) {
          const edge = edges[axis];
          // From the edge where it lies now, so that what was clamped stays so.
          if (edge && extra !== 0) by[axis] = edge === "low" ? low(to, axis) + extra - low(from, axis) : high(to, axis) + extra - high(from, axis);
        }
        to = resized(from, handle, by.x, by.y, options);
      }
      editor.showGesture(fitObjectsInto(begin, ids, to, editor.limits), { guides: snapped.guides, marks: snapped.marks, label: `${to.width} × ${to.height}`, at: pointer.at });
    },
    release() {
      editor.endGesture(say("resize", { name: nameOf(objects) }), { said: sizeWords(editor.chosen) });
      return "idle";
    },
    cancel() {
      editor.cancelGesture();
      return "idle";
    },
  };
}
