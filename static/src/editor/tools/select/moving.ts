import { moveObjects } from "../../commands/boxes.ts";
import { pasteObjects } from "../../commands/objects.ts";
import { groupCopies } from "../../commands/aids.ts";
import type { Ids } from "../../document/types.ts";
import { nameOf } from "../../editor.ts";
import { movedInside, reachOf, union } from "../../geometry/rect.ts";
import { NOT_SNAPPED, snapMove } from "../../geometry/snap.ts";
import { say } from "../../strings.ts";
import { reach, snaps, targetsFor } from "../targets.ts";
import type { Pointer, State, Surroundings } from "../tool.ts";
import { idle } from "./idle.ts";

/** Carries the selection. Always computed from where it began, so it cannot drift. */
export function moving(around: Surroundings, start: Pointer): State {
  const { editor } = around;
  const begin = editor.document;
  const beginAids = editor.aids;
  const ids = editor.selection;
  const objects = begin.objects.filter((object) => ids.has(object.id) && !object.locked);
  const box = union(objects);
  const name = nameOf(objects);
  let copies: Ids | null = null;
  let toldOutside = false;

  return {
    name: "moving",
    cursor: "move",
    dragging: true,
    move(pointer) {
      if (!box) return;
      let dx = pointer.at.x - start.at.x;
      let dy = pointer.at.y - start.at.y;
      if (pointer.shift) [dx, dy] = Math.abs(dx) >= Math.abs(dy) ? [dx, 0] : [0, dy];
      const wanted = { ...box, x: Math.round(box.x + dx), y: Math.round(box.y + dy) };
      const targets = targetsFor(editor, begin, pointer.alt ? new Set() : ids, box);
      const inside = movedInside(wanted, reachOf(targets.canvas, box));
      if (!toldOutside && Math.hypot(inside.x - wanted.x, inside.y - wanted.y) > 2 * reach(editor)) {
        toldOutside = true;
        editor.announce(say("outside"));
      }
      const snapped = snaps(editor, pointer) ? snapMove(inside, targets, reach(editor)) : NOT_SNAPPED;
      // The locked axis of a Shift drag stays where it was, whatever could be snapped to.
      const toX = pointer.shift && dx === 0 ? box.x : inside.x + snapped.dx;
      const toY = pointer.shift && dy === 0 ? box.y : inside.y + snapped.dy;
      const shown = { guides: snapped.guides.filter((guide) => !pointer.shift || (guide.axis === "x" ? dx !== 0 : dy !== 0)), marks: snapped.marks, label: `${toX}, ${toY}`, at: pointer.at };
      if (pointer.alt) {
        const pasted = pasteObjects(begin, objects, { x: toX - box.x, y: toY - box.y });
        copies = pasted.selection;
        editor.showGesture(pasted.document, shown, groupCopies(beginAids, pasted.copies, beginAids.groups));
      } else {
        copies = null;
        editor.showGesture(moveObjects(begin, ids, toX - box.x, toY - box.y), shown, beginAids);
      }
    },
    release() {
      editor.endGesture(say(copies ? "duplicate" : "move", { name }), copies ?? undefined);
      return idle(around);
    },
    cancel() {
      editor.cancelGesture();
      return idle(around);
    },
  };
}
