/** Groups, guides and switches of the drawing aids: aids in, aids out. */
import { groupsOf, keepsRatio, membersOf, type Aids, type Entered, type UserGuide } from "../document/editor_state.ts";
import type { Ids, LayoutDocument, LayoutObject } from "../document/types.ts";

function freshGroup(aids: Aids): string {
  // A name may outlive its group, for undo: no other group takes it over.
  const used = new Set([...Object.values(aids.groups).flat(), ...Object.keys(aids.names)]);
  let number = 1;
  while (used.has(`g${number}`)) number += 1;
  return `g${number}`;
}

function withPaths(aids: Aids, paths: ReadonlyMap<string, readonly string[]>): Aids {
  const groups = { ...aids.groups };
  for (const [id, path] of paths) {
    if (path.length > 0) groups[id] = path;
    else delete groups[id];
  }
  return { ...aids, groups };
}

/**
 * Puts the objects into a new group inside the entered one. The paint order stays: a group changes no picture. Groups that are taken whole
 * come along; of others the objects are taken out.
 */
export function groupObjects(document: LayoutDocument, aids: Aids, ids: Ids, entered: Entered): Aids {
  if (ids.size < 2) return aids;
  const group = freshGroup(aids);
  const comes = (inner: string): boolean => membersOf(document, aids, inner).every((id) => ids.has(id));
  return withPaths(aids, new Map([...ids].map((id) => {
    const path = groupsOf(aids, id);
    const at = entered === null ? 0 : path.indexOf(entered) + 1;
    return [id, [...path.slice(0, at), group, ...path.slice(at).filter(comes)]];
  })));
}

/** Takes away the outermost group (inside the entered one) of each. */
export function ungroupObjects(aids: Aids, ids: Ids, entered: Entered): Aids {
  return withPaths(aids, new Map([...ids].map((id) => {
    const path = groupsOf(aids, id);
    return [id, path.toSpliced(entered === null ? 0 : path.indexOf(entered) + 1, 1)];
  })));
}

/** Carries objects, or (with `group`) all of a group, to where another stands among the groups. Groups are never put into themselves. */
export function regroupObjects(aids: Aids, ids: Ids, path: readonly string[], group: string | null = null): Aids {
  if (group !== null && path.includes(group)) return aids;
  return withPaths(aids, new Map([...ids].map((id) => {
    const own = groupsOf(aids, id);
    return [id, [...path, ...(group === null ? [] : own.slice(own.indexOf(group)))]];
  })));
}

/** An empty name gives the group its number back. */
export function renameGroup(aids: Aids, group: string, name: string): Aids {
  const { [group]: _old, ...names } = aids.names;
  return { ...aids, names: name ? { ...names, [group]: name } : names };
}

/** Copies of grouped objects are grouped alike, in groups of their own. `paths` is where the originals were, by their ids. */
export function groupCopies(aids: Aids, copies: ReadonlyMap<string, string>, paths: Aids["groups"]): Aids {
  let next = aids;
  const renamed = new Map<string, string>();
  for (const [original, copy] of copies) {
    const path = (paths[original] ?? []).map((group) => {
      const known = renamed.get(group);
      if (known) return known;
      const fresh = freshGroup({ ...next, groups: { ...next.groups, "": [...renamed.values()] } });
      renamed.set(group, fresh);
      return fresh;
    });
    next = withPaths(next, new Map([[copy, path]]));
  }
  return next;
}

export function addGuide(aids: Aids, guide: UserGuide): Aids {
  return { ...aids, guides: [...aids.guides, guide] };
}

/** Moves the guide at this place in the list; null takes it away. */
export function moveGuide(aids: Aids, index: number, at: number | null): Aids {
  return { ...aids, guides: at === null ? aids.guides.toSpliced(index, 1) : aids.guides.map((guide, place) => (place === index ? { ...guide, at } : guide)) };
}

/** Keeps the ratio of all, unless all keep it already. */
export function toggleRatio(aids: Aids, objects: readonly LayoutObject[]): Aids {
  const on = !objects.every((object) => keepsRatio(aids, object));
  return { ...aids, ratio: { ...aids.ratio, ...Object.fromEntries(objects.map((object) => [object.id, on])) } };
}
