/** Carrying looks, or place and size, from one object to others. */
import type { Box, Ids, LayoutDocument, LayoutObject } from "../document/types.ts";
import { placeObjects } from "./boxes.ts";

const LOOKS = {
  region: ["fit", "opacity", "corner_radius"],
  image: ["fit", "opacity", "corner_radius"],
  text: ["opacity", "font", "size", "weight", "color", "background", "align"],
} as const;

export type Look = Readonly<Record<string, unknown>>;

export function lookOf(object: LayoutObject): Look {
  const fields = new Map(Object.entries(object));
  return Object.fromEntries(LOOKS[object.kind].map((name) => [name, fields.get(name)]));
}

/** Each object takes what its kind has of the look. */
export function pasteLook(document: LayoutDocument, ids: Ids, look: Look): LayoutDocument {
  return {
    ...document,
    objects: document.objects.map((object) => {
      if (!ids.has(object.id) || object.locked) return object;
      const known = LOOKS[object.kind].filter((name) => look[name] !== undefined);
      return { ...object, ...Object.fromEntries(known.map((name) => [name, look[name]])) } as LayoutObject;
    }),
  };
}

/** All chosen objects lie where the copied box lay. */
export function pastePlace(document: LayoutDocument, ids: Ids, box: Box): LayoutDocument {
  return placeObjects(document, new Map([...ids].map((id) => [id, box])));
}
