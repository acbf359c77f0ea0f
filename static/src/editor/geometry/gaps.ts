/** Equal distances between boxes in a row or a column. */
import type { Box } from "../document/types.ts";
import { high, low, size, type Axis } from "./rect.ts";

/** A length worth showing: a gap between two boxes or the size of one, along `axis` from `from` to `to`, drawn at `at` on the other axis. */
export interface Mark {
  readonly kind: "gap" | "size" | "distance";
  readonly axis: Axis;
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

const other = (axis: Axis): Axis => (axis === "x" ? "y" : "x");

/** Those that overlap the box on the other axis: they stand in a row with it. */
function row(box: Box, others: readonly Box[], axis: Axis): Box[] {
  const across = other(axis);
  return others.filter((one) => low(one, across) < high(box, across) && low(box, across) < high(one, across)).toSorted((a, b) => low(a, axis) - low(b, axis));
}

/** Neighbours with nothing between them, and the gap they leave. */
function neighbours(boxes: readonly Box[], axis: Axis): Array<readonly [Box, Box, number]> {
  return boxes.flatMap((one) => {
    const next = boxes.find((two) => two !== one && low(two, axis) > high(one, axis));
    if (!next || boxes.some((two) => two !== one && two !== next && low(two, axis) < low(next, axis) && high(two, axis) > high(one, axis))) return [];
    return [[one, next, low(next, axis) - high(one, axis)] as const];
  });
}

/** Where the low edge of the box would make a gap equal to one beside it, or two gaps around it equal. */
export function gapPlaces(box: Box, others: readonly Box[], axis: Axis): number[] {
  return neighbours(row(box, others, axis), axis).flatMap(([one, two, gap]) => [
    high(two, axis) + gap,
    low(one, axis) - gap - size(box, axis),
    ...(gap > size(box, axis) ? [high(one, axis) + Math.floor((gap - size(box, axis)) / 2)] : []),
  ]);
}

/** The equal gaps that hold where the box lies now. */
export function gapsAround(box: Box, others: readonly Box[], axis: Axis): Mark[] {
  const near = row(box, others, axis);
  const marks: Mark[] = [];
  const between = (one: Box, two: Box): Mark => {
    const across = other(axis);
    const at = (Math.max(low(one, across), low(two, across)) + Math.min(high(one, across), high(two, across))) / 2;
    return { kind: "gap", axis, from: high(one, axis), to: low(two, axis), at };
  };
  for (const [one, two, gap] of neighbours(near, axis)) {
    if (low(box, axis) === high(two, axis) + gap) marks.push(between(one, two), between(two, box));
    else if (high(box, axis) === low(one, axis) - gap) marks.push(between(box, one), between(one, two));
    else if (low(box, axis) > high(one, axis) && high(box, axis) < low(two, axis) && low(box, axis) === high(one, axis) + Math.floor((gap - size(box, axis)) / 2)) marks.push(between(one, box), between(box, two));
  }
  return marks;
}

/** How far a box is from another: to each side where they are apart, to each edge where one holds the other. */
export function distances(box: Box, reference: Box): Mark[] {
  const marks: Mark[] = [];
  for (const axis of ["x", "y"] as const) {
    const at = axis === "x" ? box.y + box.height / 2 : box.x + box.width / 2;
    const add = (from: number, to: number): void => {
      if (to > from) marks.push({ kind: "distance", axis, from, to, at });
    };
    if (low(box, axis) >= high(reference, axis)) add(high(reference, axis), low(box, axis));
    else if (high(box, axis) <= low(reference, axis)) add(high(box, axis), low(reference, axis));
    else {
      add(Math.min(low(box, axis), low(reference, axis)), Math.max(low(box, axis), low(reference, axis)));
      add(Math.min(high(box, axis), high(reference, axis)), Math.max(high(box, axis), high(reference, axis)));
    }
  }
  return marks;
}

