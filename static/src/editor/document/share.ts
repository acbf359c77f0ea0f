import type { LayoutDocument } from "./types.ts";

/** The new document with every object that did not change taken from the old one, so that a thousand steps of undo hold little; the old one itself if nothing changed. */
export function shared(before: LayoutDocument, after: LayoutDocument): LayoutDocument {
  if (before === after) return before;
  const known = new Map(before.objects.map((object) => [object.id, object]));
  const objects = after.objects.map((object) => {
    const old = known.get(object.id);
    return old !== undefined && alike(old, object) ? old : object;
  });
  const canvas = alike(before.canvas, after.canvas) ? before.canvas : after.canvas;
  const same = canvas === before.canvas && before.schema === after.schema && objects.length === before.objects.length && objects.every((object, place) => object === before.objects[place]);
  return same ? before : { ...after, canvas, objects };
}

function alike(a: object, b: object): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
