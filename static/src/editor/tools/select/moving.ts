import { frameOf, moveObjects } from "../../commands/boxes.ts";
import { pasteObjects } from "../../commands/objects.ts";
import { nameOf } from "../../editor.ts";
import { movedInside, union } from "../../geometry/rect.ts";
import { snapMove } from "../../geometry/snap.ts";
import { say } from "../../strings.ts";
import type { Pointer, State, Surroundings } from "../tool.ts";
import { idle } from "./idle.ts";

export const SNAP_REACH = 8;
export const GRID = 20;

/** Carries the selection. Always computed from where it began, so it cannot drift. */
export function moving(around: Surroundings, start: Pointer): State {
  const { editor } = around;
  const begin = editor.document;
  const ids = editor.selection;
  let copied = false;

  return {
    name: "moving",
    cursor: "move",
    move(pointer) {
      let dx = pointer.at.x - start.at.x;
      let dy = pointer.at.y - start.at.y;
      if (pointer.shift) [dx, dy] = Math.abs(dx) >= Math.abs(dy) ? [dx, 0] : [0, dy];
      copied = pointer.alt;
      const objects = begin.objects.filter((object) => ids.has(object.id) && !object.locked);
      const box = union(objects);
      if (!box) return;
      const frame = frameOf(begin);
      const wanted = movedInside({ ...box, x: Math.round(box.x + dx), y: Math.round(box.y + dy) }, frame);
      const others = begin.objects.filter((object) => !object.hidden && !ids.has(object.id));
      const snapped = editor.snapping !== pointer.ctrl ? snapMove(wanted, frame, others, SNAP_REACH / editor.view.zoom) : { dx: 0, dy: 0, guides: [] };
      const onGrid = (value: number): number => (editor.grid && snapped.guides.length === 0 ? Math.round(value / GRID) * GRID : value);
      // The locked axis of a Shift drag stays where it was, whatever could be snapped to.
      const toX = pointer.shift && dx === 0 ? box.x : onGrid(wanted.x + snapped.dx);
      const toY = pointer.shift && dy === 0 ? box.y : onGrid(wanted.y + snapped.dy);
      const moved = moveObjects(begin, ids, toX - box.x, toY - box.y);
      const shown = copied ? pasteObjects(begin, objects, { x: toX - box.x, y: toY - box.y }).document : moved;
      editor.showGesture(shown, { guides: snapped.guides, label: `${toX}, ${toY}` });
    },
    release() {
      const name = nameOf(editor.chosen);
      if (copied) {
        const known = new Set(begin.objects.map((object) => object.id));
        editor.selection = new Set(editor.document.objects.filter((object) => !known.has(object.id)).map((object) => object.id));
      }
      editor.endGesture(say(copied ? "duplicate" : "move", { name }));
      return idle(around);
    },
    cancel() {
      editor.cancelGesture();
      return idle(around);
    },
  };
}
