import { fitObjectsInto, frameOf } from "../../commands/boxes.ts";
import { nameOf } from "../../editor.ts";
import { bottom, right, union } from "../../geometry/rect.ts";
import { resized, type Handle } from "../../geometry/resize.ts";
import { snapEdges } from "../../geometry/snap.ts";
import { say } from "../../strings.ts";
import { isDrag, type Pointer, type State, type Surroundings } from "../tool.ts";
import { idle } from "./idle.ts";
import { SNAP_REACH } from "./moving.ts";

/** Drags one handle of the box around the selection. Shift turns "keep ratio" round: it is on for images and several objects, off else. */
export function resizing(around: Surroundings, start: Pointer, handle: Handle): State {
  const { editor } = around;
  const begin = editor.document;
  const ids = editor.selection;
  const objects = editor.chosen;
  const box = union(objects);
  const ratioByDefault = objects.length > 1 || objects.every((object) => object.kind === "image");

  return {
    name: "resizing",
    move(pointer) {
      if (!box || (!editor.inGesture && !isDrag(start, pointer))) return;
      const frame = frameOf(begin);
      const options = { keepRatio: ratioByDefault !== pointer.shift, fromCenter: pointer.alt, frame };
      let [dx, dy] = [pointer.at.x - start.at.x, pointer.at.y - start.at.y];
      let to = resized(box, handle, dx, dy, options);
      let guides: ReturnType<typeof snapEdges>["guides"] = [];
      if (editor.snapping !== pointer.ctrl) {
        const others = begin.objects.filter((object) => !object.hidden && !ids.has(object.id));
        const x = handle.includes("w") ? to.x : handle.includes("e") ? right(to) : undefined;
        const y = handle.includes("n") ? to.y : handle.includes("s") ? bottom(to) : undefined;
        // With a kept ratio one edge snaps and the other follows from it.
        const edges = options.keepRatio && x !== undefined ? { x } : { ...(x === undefined ? {} : { x }), ...(y === undefined ? {} : { y }) };
        const snapped = snapEdges(edges, frame, others, SNAP_REACH / editor.view.zoom);
        guides = snapped.guides;
        if (guides.length > 0) {
          // From the edge where it lies now, so that what was clamped or derived stays so.
          dx = x === undefined ? dx : x + snapped.dx - (handle.includes("w") ? box.x : right(box));
          dy = y === undefined || (options.keepRatio && x !== undefined) ? (options.keepRatio ? dx * (signOf(handle) * box.height) / box.width : dy) : y + snapped.dy - (handle.includes("n") ? box.y : bottom(box));
          to = resized(box, handle, dx, dy, options);
        }
      }
      editor.showGesture(fitObjectsInto(begin, ids, to), { guides, label: `${to.width} × ${to.height}` });
    },
    release() {
      editor.endGesture(say("resize", { name: nameOf(objects) }));
      return idle(around);
    },
    cancel() {
      editor.cancelGesture();
      return idle(around);
    },
  };
}

/** Whether, along the diagonal of this handle, y grows with x (1) or against it (-1). */
function signOf(handle: Handle): number {
  return handle === "ne" || handle === "sw" ? -1 : 1;
}
