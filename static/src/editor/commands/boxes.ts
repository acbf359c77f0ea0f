/** Moving and resizing: where objects lie. Locked objects never move. */
import { chosenObjects } from "../document/find.ts";
import type { Box, Ids, LayoutDocument, LayoutObject } from "../document/types.ts";
import { NO_LIMITS, roomFor, smallestAround, stepOf, type Limits } from "../geometry/limits.ts";
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

/** Moves them as one box, which stops where it has room; what lies partly outside already goes no further. */
export function moveObjects(document: LayoutDocument, ids: Ids, dx: number, dy: number, limits: Limits = NO_LIMITS): LayoutDocument {
  const objects = movable(document, ids);
  const around = union(objects);
  if (!around) return document;
  const to = movedInside({ ...around, x: Math.round(around.x + dx), y: Math.round(around.y + dy) }, reachOf(roomFor(objects, around, frameOf(document), limits), around));
  return placeObjects(document, new Map(objects.map((object) => [object.id, { ...object, x: object.x + to.x - around.x, y: object.y + to.y - around.y }])));
}

/** Scales the chosen objects so that the box around them becomes `to`; of one alone that is its box. */
export function fitObjectsInto(document: LayoutDocument, ids: Ids, to: Box, { step }: Limits = NO_LIMITS): LayoutDocument {
  const objects = movable(document, ids);
  const from = union(objects);
  if (!from) return document;
  return placeObjects(document, new Map(objects.map((object) => [object.id, scaledWith(object, from, to, objects.length > 1 && object.kind === "region" ? step : 1)])));
}

/** Moves the right and bottom edge of each chosen object; where the ratio is kept, the one follows the other. */
export function growObjects(document: LayoutDocument, ids: Ids, dx: number, dy: number, limits: Limits = NO_LIMITS, keepsRatio: (object: LayoutObject) => boolean = () => false): LayoutDocument {
  const frame = frameOf(document);
  return placeObjects(document, new Map(movable(document, ids).map((object) => {
    const keepRatio = keepsRatio(object);
    const handle = keepRatio ? "se" : dx === 0 ? "s" : dy === 0 ? "e" : "se";
    const room = reachOf(roomFor([object], object, frame, limits), object);
    return [object.id, resized(object, handle, dx, dy, { keepRatio, fromCenter: false, frame: room, lead: dx === 0 ? "y" : "x", smallest: smallestAround([object], object, limits), step: stepOf([object], limits) })];
  })));
}
