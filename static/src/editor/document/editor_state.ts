/** What helps to draw and is no part of the picture: never exported, kept beside the document, undone with it. */
import type { Ids, LayoutDocument } from "./types.ts";

export interface UserGuide {
  readonly axis: "x" | "y";
  readonly at: number;
}

export interface Aids {
  readonly guides: readonly UserGuide[];
  /** By object: the groups it is in, the outermost first. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** By group: what it is called, where that is not its number. */
  readonly names: Readonly<Record<string, string>>;
  /** By object: whether resizing keeps its ratio, where that is not what its kind does. */
  readonly ratio: Readonly<Record<string, boolean>>;
}

/** Guides, groups and switches alone, whatever else came along. */
export function besidePicture({ guides, groups, names, ratio }: Aids): Aids {
  return { guides, groups, names, ratio };
}

export const NO_AIDS: Aids = { guides: [], groups: {}, names: {}, ratio: {} };

/** The group a person is in, that is, has opened by a double click; null at the top. */
export type Entered = string | null;

export function groupsOf(aids: Aids, id: string): readonly string[] {
  return aids.groups[id] ?? [];
}

/** The names of groups that have any object left. */
export function namesInUse({ groups, names }: Pick<Aids, "groups" | "names">): Aids["names"] {
  const used = new Set(Object.values(groups).flat());
  return Object.fromEntries(Object.entries(names).filter(([group]) => used.has(group)));
}

/** The group that stands for an object as seen from the entered one; null if it stands for itself. */
export function outerGroup(aids: Aids, id: string, entered: Entered): string | null {
  const path = groupsOf(aids, id);
  const at = entered === null ? -1 : path.indexOf(entered);
  return path[at + 1] ?? null;
}

export function membersOf(document: LayoutDocument, aids: Aids, group: string): string[] {
  return document.objects.filter((object) => groupsOf(aids, object.id).includes(group)).map((object) => object.id);
}

/** What is selected when this object is clicked: itself, or all of the group that stands for it. */
export function unitOf(document: LayoutDocument, aids: Aids, id: string, entered: Entered): string[] {
  const group = outerGroup(aids, id, entered);
  return group === null ? [id] : membersOf(document, aids, group);
}

/** The ids with everything that is grouped with them. */
export function wholeUnits(document: LayoutDocument, aids: Aids, ids: Iterable<string>, entered: Entered): Set<string> {
  return new Set([...ids].flatMap((id) => unitOf(document, aids, id, entered)));
}

/** The innermost group that all of them are in; null if there is none. */
export function commonGroup(aids: Aids, ids: Ids): string | null {
  const [first, ...rest] = [...ids].map((id) => groupsOf(aids, id));
  return first?.findLast((group) => rest.every((path) => path.includes(group))) ?? null;
}

export function keepsRatio(aids: Aids, object: { readonly id: string; readonly kind: string }): boolean {
  return aids.ratio[object.id] ?? object.kind === "image";
}

/** The ids parted into what moves as one. */
export function unitsOf(document: LayoutDocument, aids: Aids, ids: Ids, entered: Entered): Set<string>[] {
  const units = new Map<string, Set<string>>();
  for (const { id } of document.objects) {
    if (!ids.has(id)) continue;
    const key = outerGroup(aids, id, entered) ?? ` ${id}`;
    units.set(key, (units.get(key) ?? new Set()).add(id));
  }
  return [...units.values()];
}
