/** Changing what objects are like. Locked ones keep their looks. */
import type { Ids, ImageObject, LayoutDocument, LayoutObject, Region, TextObject } from "../document/types.ts";

export type Change = Partial<Omit<Region, "kind" | "id"> & Omit<ImageObject, "kind" | "id"> & Omit<TextObject, "kind" | "id">>;
/** The same for all, or what each becomes from what it is. */
export type Changes = Change | ((object: LayoutObject) => Change);

/** What may be changed of a locked object, too: how it is called, seen and held. */
const OF_LOCKED: ReadonlySet<string> = new Set(["name", "hidden", "locked"]);

/** Sets properties on every chosen object of the given kinds. */
export function changeObjects(document: LayoutDocument, ids: Ids, changes: Changes, kinds?: ReadonlySet<LayoutObject["kind"]>): LayoutDocument {
  return {
    ...document,
    objects: document.objects.map((object) => {
      if (!ids.has(object.id) || (kinds && !kinds.has(object.kind))) return object;
      const change = typeof changes === "function" ? changes(object) : changes;
      return object.locked && !Object.keys(change).every((name) => OF_LOCKED.has(name)) ? object : ({ ...object, ...change } as LayoutObject);
    }),
  };
}

export function changeSource(document: LayoutDocument, ids: Ids, change: Partial<Region["source"]>): LayoutDocument {
  return changeObjects(document, ids, (object) => (object.kind === "region" ? { source: { ...object.source, ...change } } : {}));
}

/** Locks all unless all are locked already; the same for hiding. */
export function toggleAll(document: LayoutDocument, ids: Ids, flag: "locked" | "hidden"): LayoutDocument {
  const chosen = document.objects.filter((object) => ids.has(object.id));
  return changeObjects(document, ids, { [flag]: !chosen.every((object) => object[flag]) });
}
