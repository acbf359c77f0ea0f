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

/** Puts them together so that the front one is the `place`-th from the front, counted from 1. */
export function orderAt(document: LayoutDocument, ids: Ids, place: number): LayoutDocument {
  const movers = document.objects.filter((one) => moves(one, ids));
  const others = document.objects.filter((one) => !moves(one, ids));
  const behind = Math.max(0, Math.min(others.length, others.length - place + 1));
  return movers.length === 0 ? document : { ...document, objects: others.toSpliced(behind, 0, ...movers) };
}

/** Takes them out and puts them together, in the order they have, right before or behind all of `beside` that stays. */
export function orderBeside(document: LayoutDocument, ids: Ids, beside: Ids, side: "front" | "behind"): LayoutDocument {
  const movers = document.objects.filter((one) => moves(one, ids));
  const others = document.objects.filter((one) => !moves(one, ids));
  const known = (one: LayoutObject): boolean => beside.has(one.id);
  const place = side === "front" ? others.findLastIndex(known) + 1 : others.findIndex(known);
  if (movers.length === 0 || !others.some(known)) return document;
  return { ...document, objects: others.toSpliced(place, 0, ...movers) };
}
