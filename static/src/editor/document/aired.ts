/** What runs with a layout: its tasks by the version that each cloud shows. */
import { differences } from "./differences.ts";
import type { Aids } from "./editor_state.ts";
import type { LayoutDocument } from "./types.ts";

/** A version that some cloud shows; null where it is no longer kept. */
export type Aired = { readonly document: LayoutDocument; readonly aids: Aids } | null;

export interface Airing {
  readonly id: string;
  readonly state: string;
  /** The version that was sent last. */
  readonly layout_version: number;
  /** The version that the cloud took last; 0 before any. */
  readonly applied_version: number;
}

/** What the cloud shows now; of a task that has not begun, what it will begin with. */
export function shownVersion({ applied_version, layout_version }: Airing): number {
  return applied_version || layout_version;
}

/** The tasks of each version that is shown anywhere, the newest version first. */
export function byVersion<T extends Airing>(tasks: readonly T[]): (readonly [number, readonly T[]])[] {
  const found = new Map<number, T[]>();
  for (const task of tasks) found.set(shownVersion(task), [...(found.get(shownVersion(task)) ?? []), task]);
  return [...found].toSorted(([a], [b]) => b - a);
}

/** Names and locks are for whoever edits: nobody sees them on air. */
export function looksAlike(one: LayoutDocument, other: LayoutDocument): boolean {
  return differences(one, other).every((difference) => {
    if (difference.kind === "changed") return (difference.object.hidden && difference.before.hidden) || difference.fields.every((field) => field === "name" || field === "locked");
    return (difference.kind === "added" || difference.kind === "removed") && (difference.object?.hidden ?? false);
  });
}
