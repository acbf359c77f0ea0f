/** What is kept beside a layout and shared by who edits it; two people's changes to it are put together. */
import { namesInUse, NO_AIDS, type Aids, type UserGuide } from "./editor_state.ts";
import type { LayoutDocument } from "./types.ts";

export interface Beside extends Aids {
  /** Samples for `{{variables}}`. */
  readonly variables: Readonly<Record<string, string>>;
  /** The product whose limits hold for the hand; "" for those on which it runs. */
  readonly made_for: string;
}

/** What no step of one's own undoes: it is set, not drawn. */
export type Settings = Pick<Beside, "variables" | "made_for">;

export const NOTHING_BESIDE: Beside = { ...NO_AIDS, variables: {}, made_for: "" };

export function alike(a: unknown, b: unknown): boolean {
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

/** With the names of objects in one order: who wrote them first says nothing. */
function ordered(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value ?? null;
  return Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, ordered(one)]);
}

/** Without what belonged to objects that the document does not have, as the server keeps it. */
export function ofObjects<T extends Aids>(aids: T, document: LayoutDocument): T {
  const there = new Set(document.objects.map((object) => object.id));
  const kept = <V>(map: Readonly<Record<string, V>>): Record<string, V> => Object.fromEntries(Object.entries(map).filter(([id]) => there.has(id)));
  const groups = kept(aids.groups);
  return { ...aids, groups, names: namesInUse({ groups, names: aids.names }), ratio: kept(aids.ratio) };
}

/** Mine, but as it was at the base for objects that are not here: somebody else may have just added them. */
export function withUnknown(mine: Beside, base: Beside, document: LayoutDocument): Beside {
  const there = new Set(document.objects.map((object) => object.id));
  const both = <V>(own: Readonly<Record<string, V>>, old: Readonly<Record<string, V>>): Record<string, V> => ({
    ...Object.fromEntries(Object.entries(old).filter(([id]) => !there.has(id))),
    ...Object.fromEntries(Object.entries(own).filter(([id]) => there.has(id))),
  });
  const groups = both(mine.groups, base.groups);
  return { ...mine, groups, names: namesInUse({ groups, names: mine.names }), ratio: both(mine.ratio, base.ratio) };
}

/** Theirs, with everything in it that was changed here since `base`. Where both changed the same, mine is taken. */
export function merged(base: Beside, mine: Beside, theirs: Beside): Beside {
  const own = withOwnNames(base, mine, theirs);
  return { guides: mergedGuides(base.guides, own.guides, theirs.guides), groups: mergedMap(base.groups, own.groups, theirs.groups), names: mergedMap(base.names, own.names, theirs.names), ratio: mergedMap(base.ratio, own.ratio, theirs.ratio), variables: mergedMap(base.variables, own.variables, theirs.variables), made_for: mine.made_for === base.made_for ? theirs.made_for : mine.made_for };
}

function mergedMap<V>(base: Readonly<Record<string, V>>, mine: Readonly<Record<string, V>>, theirs: Readonly<Record<string, V>>): Record<string, V> {
  const found: Record<string, V> = {};
  for (const name of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const from = alike(own(mine, name), own(base, name)) ? theirs : mine;
    const value = own(from, name);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

function own<V>(map: Readonly<Record<string, V>>, name: string): V | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

function mergedGuides(base: readonly UserGuide[], mine: readonly UserGuide[], theirs: readonly UserGuide[]): UserGuide[] {
  const key = ({ axis, at }: UserGuide): string => `${axis} ${at}`;
  const keys = (guides: readonly UserGuide[]): Set<string> => new Set(guides.map(key));
  const [old, kept, there] = [keys(base), keys(mine), keys(theirs)];
  return [...theirs.filter((guide) => !old.has(key(guide)) || kept.has(key(guide))), ...mine.filter((guide) => !old.has(key(guide)) && !there.has(key(guide)))];
}

/** Two people may have given a new group the same name: mine takes another. */
function withOwnNames(base: Beside, mine: Beside, theirs: Beside): Beside {
  const [old, ours, others] = [membersOf(base), membersOf(mine), membersOf(theirs)];
  const used = new Set([...old.keys(), ...ours.keys(), ...others.keys()]);
  const renamed = new Map<string, string>();
  for (const [group, members] of ours) {
    if (old.has(group) || !others.has(group) || others.get(group) === members) continue;
    let number = 1;
    while (used.has(`g${number}`)) number += 1;
    used.add(`g${number}`);
    renamed.set(group, `g${number}`);
  }
  if (renamed.size === 0) return mine;
  const groups = Object.fromEntries(Object.entries(mine.groups).map(([id, path]) => [id, path.map((group) => renamed.get(group) ?? group)]));
  return { ...mine, groups, names: Object.fromEntries(Object.entries(mine.names).map(([group, name]) => [renamed.get(group) ?? group, name])) };
}

/** Group → its members as one text. */
function membersOf({ groups }: Aids): Map<string, string> {
  const found = new Map<string, string[]>();
  for (const [id, path] of Object.entries(groups)) for (const group of path) found.set(group, [...(found.get(group) ?? []), id]);
  return new Map([...found].map(([group, ids]) => [group, ids.toSorted().join(" ")]));
}
