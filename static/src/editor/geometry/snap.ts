import type { Box } from "../document/types.ts";
import { bottom, right } from "./rect.ts";

/** A line that holds: across the whole picture at `at`, vertical for axis x. */
export interface Guide {
  readonly axis: "x" | "y";
  readonly at: number;
  /** Centre lines are drawn dashed, edges solid. */
  readonly center: boolean;
}

export interface Snapped {
  readonly dx: number;
  readonly dy: number;
  readonly guides: readonly Guide[];
}

interface Line {
  readonly at: number;
  readonly center: boolean;
}

type Axis = "x" | "y";

function linesOf(box: Box, axis: Axis): Line[] {
  const [low, high] = axis === "x" ? [box.x, right(box)] : [box.y, bottom(box)];
  return [
    { at: low, center: false },
    { at: (low + high) / 2, center: true },
    { at: high, center: false },
  ];
}

/** The smallest move that brings one of our lines onto one of theirs, within reach; the canvas wins a tie with an object. */
function nearest(ours: readonly Line[], canvas: readonly Line[], others: readonly Line[], reach: number): number | null {
  let best: number | null = null;
  for (const targets of [canvas, others]) {
    for (const mine of ours) {
      for (const theirs of targets) {
        const move = Math.round(theirs.at - mine.at);
        if (Math.abs(theirs.at - mine.at) <= reach && (best === null || Math.abs(move) < Math.abs(best))) best = move;
      }
    }
  }
  return best;
}

function guidesAt(ours: readonly Line[], targets: readonly Line[], move: number, axis: Axis): Guide[] {
  const found = new Map<number, Guide>();
  for (const mine of ours) {
    for (const theirs of targets) {
      // Half a pixel apart is the same line: centres of odd sizes lie between pixels.
      if (Math.abs(mine.at + move - theirs.at) > 0.5) continue;
      const known = found.get(theirs.at);
      found.set(theirs.at, { axis, at: theirs.at, center: theirs.center && (known?.center ?? true) });
    }
  }
  return [...found.values()];
}

/**
 * What to add to a moved box so that it snaps to the canvas and the other objects, and every line that then holds.
 * `reach` is in canvas pixels. The axes never influence one another.
 */
export function snapMove(box: Box, canvas: Box, others: readonly Box[], reach: number): Snapped {
  return snapLines(linesOf(box, "x"), linesOf(box, "y"), canvas, others, reach);
}

/** The same for a resize: only the edges that move (`x` and `y`, where given) may snap. */
export function snapEdges(edges: { readonly x?: number; readonly y?: number }, canvas: Box, others: readonly Box[], reach: number): Snapped {
  const line = (at: number | undefined): Line[] => (at === undefined ? [] : [{ at, center: false }]);
  return snapLines(line(edges.x), line(edges.y), canvas, others, reach);
}

function snapLines(oursX: readonly Line[], oursY: readonly Line[], canvas: Box, others: readonly Box[], reach: number): Snapped {
  const result = { x: 0, y: 0 };
  const guides: Guide[] = [];
  for (const [axis, ours] of [["x", oursX], ["y", oursY]] as const) {
    const fixed = linesOf(canvas, axis);
    const theirs = others.flatMap((box) => linesOf(box, axis));
    const move = nearest(ours, fixed, theirs, reach);
    if (move === null) continue;
    result[axis] = move;
    guides.push(...guidesAt(ours, [...fixed, ...theirs], move, axis));
  }
  return { dx: result.x, dy: result.y, guides };
}
