/** Changing what objects are like. */
import type { Ids, ImageObject, LayoutDocument, LayoutObject, Region, TextObject } from "../document/types.ts";

export type Change = Partial<Omit<Region, "kind" | "id"> & Omit<ImageObject, "kind" | "id"> & Omit<TextObject, "kind" | "id">>;

/** Sets properties on every chosen object of the given kinds. */
export function changeObjects(document: LayoutDocument, ids: Ids, change: Change, kinds?: ReadonlySet<LayoutObject["kind"]>): LayoutDocument {
  return {
    ...document,
    objects: document.objects.map((object) =>
      ids.has(object.id) && (!kinds || kinds.has(object.kind)) ? ({ ...object, ...change } as LayoutObject) : object,
    ),
  };
}

export function changeSource(document: LayoutDocument, ids: Ids, change: Partial<Region["source"]>): LayoutDocument {
  return {
    ...document,
    objects: document.objects.map((object) =>
      object.kind === "region" && ids.has(object.id) ? { ...object, source: { ...object.source, ...change } } : object,
    ),
  };
}

/** Locks all unless all are locked already; the same for hiding. */
export function toggleAll(document: LayoutDocument, ids: Ids, flag: "locked" | "hidden"): LayoutDocument {
  const chosen = document.objects.filter((object) => ids.has(object.id));
  return changeObjects(document, ids, { [flag]: !chosen.every((object) => object[flag]) });
}
