/** The layers as a list reads them: the front first, what is grouped below its group. */
import { groupsOf, type Aids } from "./editor_state.ts";
import type { LayoutDocument, LayoutObject } from "./types.ts";

interface Common {
  /** Of the row, unlike any other's. */
  readonly key: string;
  /** From 0 at the top. */
  readonly level: number;
  /** The groups around it, the outermost first. */
  readonly path: readonly string[];
}

export interface ObjectRow extends Common {
  readonly kind: "object";
  readonly object: LayoutObject;
  /** Counted from the front, from 1. */
  readonly place: number;
}

export interface GroupRow extends Common {
  readonly kind: "group";
  readonly group: string;
  readonly members: readonly LayoutObject[];
  readonly open: boolean;
}

export type LayerRow = ObjectRow | GroupRow;

/** A group stands where its front object is; closed ones show no more than themselves. */
export function layerRows(document: LayoutDocument, aids: Aids, closed: ReadonlySet<string>): LayerRow[] {
  const order = document.objects.toReversed();
  const places = new Map(order.map((object, index) => [object.id, index + 1]));

  function rowsOf(objects: readonly LayoutObject[], path: readonly string[]): LayerRow[] {
    const seen = new Set<string>();
    return objects.flatMap((object): LayerRow[] => {
      const group = groupsOf(aids, object.id)[path.length];
      if (group === undefined) return [{ kind: "object", key: object.id, level: path.length, path, object, place: places.get(object.id) ?? 0 }];
      if (seen.has(group)) return [];
      seen.add(group);
      const members = objects.filter((one) => groupsOf(aids, one.id)[path.length] === group);
      const open = !closed.has(group);
      const row: GroupRow = { kind: "group", key: ` ${group}`, level: path.length, path, group, members, open };
      return [row, ...(open ? rowsOf(members, [...path, group]) : [])];
    });
  }

  return rowsOf(order, []);
}

/** The objects that a row stands for. */
export function idsOf(row: LayerRow): string[] {
  return row.kind === "group" ? row.members.map((object) => object.id) : [row.object.id];
}
