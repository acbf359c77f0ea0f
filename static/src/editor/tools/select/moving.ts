import { frameOf, moveObjects } from "../../commands/boxes.ts";
import { pasteObjects } from "../../commands/objects.ts";
import { groupCopies } from "../../commands/editor_state.ts";
import type { Ids } from "../../document/types.ts";
import { nameOf } from "../../state/editor.ts";
import { roomFor, stepOf } from "../../geometry/limits.ts";
import { movedInside, reachOf, union } from "../../geometry/rect.ts";
import { NOT_SNAPPED, snapMove, type Targets } from "../../geometry/snap.ts";
import { placeWords } from "../../a11y/describe.ts";
import { say } from "../../i18n/strings.ts";
import { reach, snaps, targetsFor } from "../targets.ts";
import type { Pointer, State, Surroundings } from "../tool.ts";

/** Carries the selection. Always computed from where it began, so it cannot drift. */
export function moving(around: Surroundings, start: Pointer): State {
  const { editor } = around;
  const begin = editor.document;
  const beginAids = editor.aids;
  const ids = editor.selection;
  const objects = begin.objects.filter((object) => ids.has(object.id) && !object.locked);
  const box = union(objects);
  const name = nameOf(objects);
  const step = stepOf(objects, editor.limits);
  const room = box && reachOf(roomFor(objects, box, frameOf(begin), editor.limits), box);
  let copies: Ids | null = null;
  let toldOutside = false;

  /** On the pixels that the product can say; what does not move stays on its own. */
  function placeOn(start: number, by: number): number {
    return by === 0 ? start : step * Math.round((start + by) / step);
  }

  /** Found once: a drag has the same neighbours from begin to end. What is copied snaps to what it was copied from. */
  const known = new Map<boolean, Targets>();
  function targetsOf(copying: boolean): Targets {
    const targets = known.get(copying) ?? targetsFor(editor, begin, copying ? new Set() : ids, box ?? undefined, objects);
    known.set(copying, targets);
    return targets;
  }

  return {
    name: "moving",
    cursor: "move",
    dragging: true,
    move(pointer) {
      if (!box || !room) return;
      let dx = pointer.at.x - start.at.x;
      let dy = pointer.at.y - start.at.y;
      if (pointer.shift) [dx, dy] = Math.abs(dx) >= Math.abs(dy) ? [dx, 0] : [0, dy];
      const wanted = { ...box, x: placeOn(box.x, dx), y: placeOn(box.y, dy) };
      const targets = targetsOf(pointer.alt);
      const inside = movedInside(wanted, room);
      if (!toldOutside && Math.hypot(inside.x - wanted.x, inside.y - wanted.y) > 2 * reach(editor)) {
        toldOutside = true;
        editor.remind(say("outside"));
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
        editor.showGesture(moveObjects(begin, ids, toX - box.x, toY - box.y, editor.limits), shown, beginAids);
      }
    },
    release() {
      if (copies) {
        editor.endGesture(say("duplicate", { name }), { selection: copies });
        if (box) editor.copied = { ids: copies, from: { x: box.x, y: box.y } };
      } else editor.endGesture(say("move", { name }), { said: placeWords(editor.chosen) });
      return "idle";
    },
    cancel() {
      editor.cancelGesture();
      return "idle";
    },
  };
}
