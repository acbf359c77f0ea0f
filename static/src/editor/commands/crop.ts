import type { LayoutDocument, LayoutObject } from "../document/types.ts";
import { partShown, type Cropped } from "../geometry/crop.ts";

/** The object becomes the window, and shows what lies behind it. Its fit no longer matters, as both have the same shape. */
export function cropObject(document: LayoutDocument, id: string, cropped: Cropped): LayoutDocument {
  const { x, y, width, height } = cropped.window;
  return {
    ...document,
    objects: document.objects.map((object): LayoutObject => (object.id === id && object.kind !== "text" && !object.locked ? { ...object, x, y, width, height, source_crop: partShown(cropped) } : object)),
  };
}

/** The whole source again. */
export function uncropObjects(document: LayoutDocument, ids: ReadonlySet<string>): LayoutDocument {
  return { ...document, objects: document.objects.map((object): LayoutObject => (ids.has(object.id) && object.kind !== "text" && !object.locked ? { ...object, source_crop: null } : object)) };
}
