/** Moving and resizing: where objects lie. Locked objects never move. */
import { chosenObjects } from "../document/find.ts";
import type { Box, Ids, LayoutDocument, LayoutObject } from "../document/types.ts";
import { movedInside, reachOf, union } from "../geometry/rect.ts";
import { resized, scaledWith } from "../geometry/resize.ts";

export function frameOf(document: LayoutDocument): Box {
  return { x: 0, y: 0, width: document.canvas.width, height: document.canvas.height };
}

export function movable(document: LayoutDocument, ids: Ids): LayoutObject[] {
  return chosenObjects(document, ids).filter((object) => !object.locked);
}

/** Gives the named objects new boxes. */
export function placeObjects(document: LayoutDocument, boxes: ReadonlyMap<string, Box>): LayoutDocument {
  return {
    ...document,
    objects: document.objects.map((object) => {
      const box = object.locked ? undefined : boxes.get(object.id);
      return box ? { ...object, x: box.x, y: box.y, width: box.width, height: box.height } : object;
    }),
  };
}

/** Moves them as one box, which stops at the canvas' edge; what lies partly outside already goes no further. */
export function moveObjects(document: LayoutDocument, ids: Ids, dx: number, dy: number): LayoutDocument {
  const objects = movable(document, ids);
  const around = union(objects);
  if (!around) return document;
  const to = movedInside({ ...around, x: Math.round(around.x + dx), y: Math.round(around.y + dy) }, reachOf(frameOf(document), around));
  return placeObjects(document, new Map(objects.map((object) => [object.id, { ...object, x: object.x + to.x - around.x, y: object.y + to.y - around.y }])));
}

/** Scales the chosen objects so that the box around them becomes `to`. */
export function fitObjectsInto(document: LayoutDocument, ids: Ids, to: Box): LayoutDocument {
  const objects = movable(document, ids);
  const from = union(objects);
  if (!from) return document;
  return placeObjects(document, new Map(objects.map((object) => [object.id, scaledWith(object, from, to)])));
}

/** Moves the right and bottom edge of each chosen object. */
export function growObjects(document: LayoutDocument, ids: Ids, dx: number, dy: number): LayoutDocument {
  const frame = frameOf(document);
  return placeObjects(document, new Map(movable(document, ids).map((object) => [object.id, resized(object, "se", dx, dy, { keepRatio: false, fromCenter: false, frame: reachOf(frame, object) })])));
}
