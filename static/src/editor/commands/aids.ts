/** Groups, guides and switches of the drawing aids: aids in, aids out. */
import { groupsOf, keepsRatio, type Aids, type Entered, type UserGuide } from "../document/aids.ts";
import type { Ids, LayoutObject } from "../document/types.ts";

function freshGroup(aids: Aids): string {
  const used = new Set(Object.values(aids.groups).flat());
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

/** Puts the objects into a new group inside the entered one. The paint order stays: a group changes no picture. */
export function groupObjects(aids: Aids, ids: Ids, entered: Entered): Aids {
  if (ids.size < 2) return aids;
  const group = freshGroup(aids);
  return withPaths(aids, new Map([...ids].map((id) => {
    const path = groupsOf(aids, id);
    const at = entered === null ? 0 : path.indexOf(entered) + 1;
    return [id, [...path.slice(0, at), group, ...path.slice(at)]];
  })));
}

/** Takes away the outermost group (inside the entered one) of each. */
export function ungroupObjects(aids: Aids, ids: Ids, entered: Entered): Aids {
  return withPaths(aids, new Map([...ids].map((id) => {
    const path = groupsOf(aids, id);
    return [id, path.toSpliced(entered === null ? 0 : path.indexOf(entered) + 1, 1)];
  })));
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
