/** The paint order is the list order: later is nearer. Locked objects are not moved, but may be passed. */
import type { Ids, LayoutDocument, LayoutObject } from "../document/types.ts";

export function bringForward(document: LayoutDocument, ids: Ids): LayoutDocument {
  const objects = [...document.objects];
  for (let at = objects.length - 2; at >= 0; at -= 1) swapIf(objects, at, ids, at, at + 1);
  return { ...document, objects };
}

export function sendBackward(document: LayoutDocument, ids: Ids): LayoutDocument {
  const objects = [...document.objects];
  for (let at = 1; at < objects.length; at += 1) swapIf(objects, at, ids, at - 1, at);
  return { ...document, objects };
}

/** Swaps two neighbours if the one at `at` is chosen and the other is not. */
function swapIf(objects: LayoutObject[], at: number, ids: Ids, low: number, high: number): void {
  const [below, above] = [objects[low], objects[high]];
  const mover = objects[at];
  const other = mover === below ? above : below;
  if (!below || !above || !mover || !other || !moves(mover, ids) || moves(other, ids)) return;
  objects[low] = above;
  objects[high] = below;
}

function moves(object: LayoutObject, ids: Ids): boolean {
  return ids.has(object.id) && !object.locked;
}

export function bringToFront(document: LayoutDocument, ids: Ids): LayoutDocument {
  return { ...document, objects: [...document.objects.filter((one) => !moves(one, ids)), ...document.objects.filter((one) => moves(one, ids))] };
}

export function sendToBack(document: LayoutDocument, ids: Ids): LayoutDocument {
  return { ...document, objects: [...document.objects.filter((one) => moves(one, ids)), ...document.objects.filter((one) => !moves(one, ids))] };
}

/** Takes one object out and puts it at `place`, counted back to front in the list without it. */
export function moveToPlace(document: LayoutDocument, id: string, place: number): LayoutDocument {
  const mover = document.objects.find((object) => object.id === id);
  if (!mover) return document;
  return { ...document, objects: document.objects.filter((object) => object.id !== id).toSpliced(place, 0, mover) };
}
