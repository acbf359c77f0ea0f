/** Adding, deleting, duplicating, pasting. */
import { freshId, freshSlot } from "../document/find.ts";
import { MOST_OBJECTS, type Box, type Ids, type ImageObject, type LayoutDocument, type LayoutObject, type Region, type TextObject } from "../document/types.ts";
import { clamp, containedIn, movedInside, reachOf, union } from "../geometry/rect.ts";
import { scaledWith } from "../geometry/resize.ts";

/** A document and what is to be selected in it. */
export interface Outcome {
  readonly document: LayoutDocument;
  readonly selection: Ids;
}

export function newRegion(document: LayoutDocument, box: Box): Region {
  const slot = freshSlot(document);
  const name = slot === "host" ? "Host" : slot.replace("guest-", "Guest ");
  return {
    kind: "region", id: freshId(document, "region"), name, ...box, fit: "cover", opacity: 1, corner_radius: 0,
    source: { slot, stream: "camera" }, source_crop: null, placeholder: null, hidden: false, locked: false,
  };
}

export function newImage(document: LayoutDocument, box: Box, url: string, name: string): ImageObject {
  return {
    kind: "image", id: freshId(document, "image"), name, ...box, fit: "contain", opacity: 1, corner_radius: 0,
    url, source_crop: null, attached_to: null, hidden: false, locked: false,
  };
}

export function newText(document: LayoutDocument, box: Box, text: string): TextObject {
  return {
    kind: "text", id: freshId(document, "text"), name: "", ...box, text, font: "noto-sans-sc", size: clamp(Math.round(box.height * 0.6), 12, 120),
    weight: 700, color: "#FFFFFF", background: null, align: "left", opacity: 1, attached_to: null, hidden: false, locked: false,
  };
}

export function isFull(document: LayoutDocument): boolean {
  return document.objects.length >= MOST_OBJECTS;
}

/** Puts an object in front of the others. */
export function addObject(document: LayoutDocument, object: LayoutObject): Outcome {
  if (isFull(document)) return { document, selection: new Set() };
  return { document: { ...document, objects: [...document.objects, object] }, selection: new Set([object.id]) };
}

/** Locked objects stay. What was attached to a deleted region stands alone afterwards. */
export function deleteObjects(document: LayoutDocument, ids: Ids): LayoutDocument {
  const gone = new Set(document.objects.filter((object) => ids.has(object.id) && !object.locked).map((object) => object.id));
  const objects = document.objects
    .filter((object) => !gone.has(object.id))
    .map((object) => (object.kind !== "region" && object.attached_to && gone.has(object.attached_to) ? { ...object, attached_to: null } : object));
  return { ...document, objects };
}

/** Which copy each original has, by id. */
export interface Pasted extends Outcome {
  readonly copies: ReadonlyMap<string, string>;
}

/**
 * Copies in front of everything, moved by the offset as one box and kept on the canvas. A slot that is already shown by a region gets a
 * fresh one, so that no person is in two regions by accident.
 */
export function pasteObjects(document: LayoutDocument, objects: readonly LayoutObject[], offset: { readonly x: number; readonly y: number }): Pasted {
  const frame = { x: 0, y: 0, width: document.canvas.width, height: document.canvas.height };
  const taken = objects.slice(0, MOST_OBJECTS - document.objects.length);
  const around = union(taken);
  if (!around) return { document, selection: new Set(), copies: new Map() };
  const to = movedInside({ ...around, x: around.x + offset.x, y: around.y + offset.y }, reachOf(frame, around));
  const renamed = new Map<string, string>();
  const copies: LayoutObject[] = [];
  for (const object of taken) {
    const soFar = { ...document, objects: [...document.objects, ...copies] };
    const id = freshId(soFar, object.kind);
    renamed.set(object.id, id);
    const copy = { ...object, x: object.x + to.x - around.x, y: object.y + to.y - around.y, id, locked: false };
    const used = soFar.objects.some((one) => one.kind === "region" && copy.kind === "region" && one.source.slot === copy.source.slot);
    copies.push(copy.kind === "region" && used ? { ...copy, source: { ...copy.source, slot: freshSlot(soFar) } } : copy);
  }
  const attached = copies.map((copy) => {
    if (copy.kind === "region" || !copy.attached_to) return copy;
    const known = document.objects.some((object) => object.id === copy.attached_to && object.kind === "region");
    return { ...copy, attached_to: renamed.get(copy.attached_to) ?? (known ? copy.attached_to : null) };
  });
  return { document: { ...document, objects: [...document.objects, ...attached] }, selection: new Set(attached.map((copy) => copy.id)), copies: renamed };
}

/** Objects of a canvas of another size, scaled so that all of it fits this one, and letters with them. */
export function scaledToFit(objects: readonly LayoutObject[], from: { readonly width: number; readonly height: number }, to: { readonly width: number; readonly height: number }): LayoutObject[] {
  const whole = containedIn({ x: 0, y: 0, ...to }, from.width, from.height);
  const scale = whole.width / from.width;
  return objects.map((object) => {
    const placed = { ...object, ...scaledWith(object, { x: 0, y: 0, ...from }, whole) };
    return placed.kind === "text" ? { ...placed, size: clamp(Math.round(placed.size * scale), 8, 400) } : placed;
  });
}
