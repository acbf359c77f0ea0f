/** Aligning, distributing, tidying: several objects brought into order. What is grouped moves as one. */
import type { Box, Ids, LayoutDocument } from "../document/types.ts";
import { aligned, distributed, partOf, tidied, type Edge } from "../geometry/arrange.ts";
import { containedIn, movedInside, rounded, union } from "../geometry/rect.ts";
import { scaledWith } from "../geometry/resize.ts";
import { frameOf, movable, placeObjects } from "./boxes.ts";

/** Objects that move as one. */
export type Units = readonly Ids[];

interface Unit {
  readonly ids: Ids;
  readonly box: Box;
}

function unitsIn(document: LayoutDocument, ids: Ids, units?: Units): Unit[] {
  const alone = units ?? [...ids].map((id) => new Set([id]));
  return alone.flatMap((unit) => {
    const box = union(movable(document, unit));
    return box ? [{ ids: unit, box }] : [];
  });
}

/** Carries each unit to its new box; sizes change only where the new box has another one. */
function place(document: LayoutDocument, units: readonly Unit[], boxes: readonly Box[]): LayoutDocument {
  const placed = new Map<string, Box>();
  units.forEach(({ ids, box }, index) => {
    const to = boxes[index] ?? box;
    for (const object of movable(document, ids)) placed.set(object.id, scaledWith(object, box, to));
  });
  return placeObjects(document, placed);
}

/** One unit aligns to the canvas, several to the box around them, or to the key object if there is one. */
export function alignObjects(document: LayoutDocument, ids: Ids, edge: Edge, key: string | null = null, grouped?: Units): LayoutDocument {
  const units = unitsIn(document, ids, grouped);
  const leader = key === null ? undefined : units.find((unit) => unit.ids.has(key));
  const reference = leader?.box ?? (units.length > 1 ? union(units.map((unit) => unit.box)) : frameOf(document));
  if (!reference) return document;
  return place(document, units, units.map((unit) => aligned(unit.box, reference, edge)));
}

/** Equal gaps between three or more. */
export function distributeObjects(document: LayoutDocument, ids: Ids, axis: "x" | "y", grouped?: Units): LayoutDocument {
  const units = unitsIn(document, ids, grouped);
  return place(document, units, distributed(units.map((unit) => unit.box), axis));
}

/** Equal gaps in a row or a column, else a grid. */
export function tidyObjects(document: LayoutDocument, ids: Ids, grouped?: Units): LayoutDocument {
  const units = unitsIn(document, ids, grouped);
  const frame = frameOf(document);
  return place(document, units, tidied(units.map((unit) => unit.box)).map((box) => movedInside(box, frame)));
}

/** All get the width (or height) of the key object, or of the first. */
export function sameSize(document: LayoutDocument, ids: Ids, side: "width" | "height", key: string | null = null): LayoutDocument {
  const objects = movable(document, ids);
  const model = objects.find((object) => object.id === key) ?? objects[0];
  if (!model) return document;
  const frame = frameOf(document);
  return placeObjects(document, new Map(objects.map((object) => [object.id, movedInside({ x: object.x, y: object.y, width: object.width, height: object.height, [side]: model[side] }, frame)])));
}

/** The box around them becomes a part of the canvas: all of it, a half, a third, a quarter (x, y, width, height in fractions). */
export function fillPart(document: LayoutDocument, ids: Ids, part: readonly [number, number, number, number]): LayoutDocument {
  const units = unitsIn(document, ids, [ids]);
  return place(document, units, [partOf(frameOf(document), part)]);
}

/** As large as fits the canvas with its ratio kept, in the middle. */
export function fitCanvas(document: LayoutDocument, ids: Ids): LayoutDocument {
  const units = unitsIn(document, ids, [ids]);
  return place(document, units, units.map(({ box }) => rounded(containedIn(frameOf(document), box.width, box.height))));
}

/** The box around them to the middle of the canvas. */
export function centerOnCanvas(document: LayoutDocument, ids: Ids): LayoutDocument {
  const units = unitsIn(document, ids, [ids]);
  const frame = frameOf(document);
  return place(document, units, units.map(({ box }) => aligned(aligned(box, frame, "center"), frame, "middle")));
}
