import type { Ids, LayoutDocument, LayoutObject } from "./types.ts";

export function objectById(document: LayoutDocument, id: string): LayoutObject | undefined {
  return document.objects.find((object) => object.id === id);
}

/** The chosen objects, back to front. */
export function chosenObjects(document: LayoutDocument, ids: Ids): LayoutObject[] {
  return document.objects.filter((object) => ids.has(object.id));
}

/** Whether gestures may touch it: seen and not locked. */
export function isReachable(object: LayoutObject): boolean {
  return !object.hidden && !object.locked;
}

/** An id that the document does not have: the first letter of the kind and the next free number. */
export function freshId(document: LayoutDocument, kind: LayoutObject["kind"], taken: ReadonlySet<string> = new Set()): string {
  const used = new Set([...document.objects.map((object) => object.id), ...taken]);
  let number = 1;
  while (used.has(`${kind[0]}${number}`)) number += 1;
  return `${kind[0]}${number}`;
}

/** The first slot of host, guest-1, guest-2 … that no region shows yet. */
export function freshSlot(document: LayoutDocument): string {
  const used = new Set(document.objects.flatMap((object) => (object.kind === "region" ? [object.source.slot] : [])));
  if (!used.has("host")) return "host";
  let number = 1;
  while (used.has(`guest-${number}`)) number += 1;
  return `guest-${number}`;
}
