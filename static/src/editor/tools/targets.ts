/** What a gesture may snap to. */
import { frameOf } from "../commands/boxes.ts";
import type { Box, Ids, LayoutDocument, LayoutObject } from "../document/types.ts";
import type { Editor } from "../state/editor.ts";
import { roomFor, stepOf } from "../geometry/limits.ts";
import { bottom, reachOf, right } from "../geometry/rect.ts";
import type { Targets } from "../geometry/snap.ts";
import type { Pointer } from "./tool.ts";

/** Screen pixels. */
export const SNAP_REACH = 8;
/** Canvas pixels. */
export const GRID = 20;

/** Whether this drag snaps: holding Ctrl means the opposite of the switch. */
export function snaps(editor: Editor, pointer: Pointer): boolean {
  return editor.snapping !== pointer.ctrl;
}

export function reach(editor: Editor): number {
  return SNAP_REACH / editor.view.zoom;
}

/** Everything in the document but the moving objects, which lie in the box; hidden objects cannot be snapped to. */
export function targetsFor(editor: Editor, document: LayoutDocument, moving: Ids, box?: Box, objects: readonly LayoutObject[] = []): Targets {
  const canvas = frameOf(document);
  const room = box ? reachOf(roomFor(objects, box, canvas, editor.limits), box) : canvas;
  return {
    step: stepOf(objects, editor.limits),
    canvas, guides: editor.rulers ? editor.aids.guides : [], grid: editor.grid ? GRID : null,
    others: document.objects.filter((object) => !object.hidden && !moving.has(object.id)),
    ...(box ? { limits: { x: [room.x, right(room) - box.width], y: [room.y, bottom(room) - box.height] } as const } : {}),
  };
}
