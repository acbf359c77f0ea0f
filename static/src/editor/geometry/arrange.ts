import type { Box } from "../document/types.ts";
import { bottom, high, low, right, size, union, type Axis } from "./rect.ts";

export type Edge = "left" | "center" | "right" | "top" | "middle" | "bottom";

/** Where a box lies once aligned to an edge or a centre line of the reference. */
export function aligned(box: Box, reference: Box, edge: Edge): Box {
  switch (edge) {
    case "left":
      return { ...box, x: reference.x };
    case "center":
      return { ...box, x: Math.round(reference.x + (reference.width - box.width) / 2) };
    case "right":
      return { ...box, x: right(reference) - box.width };
    case "top":
      return { ...box, y: reference.y };
    case "middle":
      return { ...box, y: Math.round(reference.y + (reference.height - box.height) / 2) };
    case "bottom":
      return { ...box, y: bottom(reference) - box.height };
  }
}

/** Equal gaps between three or more boxes along one axis; the outer two stay, odd pixels go to the last gaps. Same order out as in. */
export function distributed(boxes: readonly Box[], axis: "x" | "y"): Box[] {
  const size = axis === "x" ? "width" : "height";
  const order = boxes.map((_, index) => index).toSorted((a, b) => (boxes[a]?.[axis] ?? 0) - (boxes[b]?.[axis] ?? 0));
  const sorted = order.flatMap((index) => boxes[index] ?? []);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (boxes.length < 3 || !first || !last) return [...boxes];
  const gaps = sorted.length - 1;
  const room = last[axis] + last[size] - first[axis] - sorted.reduce((total, box) => total + box[size], 0);
  const base = Math.floor(room / gaps);
  const odd = room - base * gaps;
  const result = [...boxes];
  let at = first[axis];
  sorted.forEach((box, place) => {
    result[order[place] ?? 0] = { ...box, [axis]: at };
    at += box[size] + base + (place >= gaps - odd ? 1 : 0);
  });
  return result;
}

/**
 * Tidied: boxes in one row or column get equal gaps; others become a grid, row by row, with the columns' and rows' sizes of the largest
 * in them and the median gap. Same order out as in.
 */
export function tidied(boxes: readonly Box[]): Box[] {
  const around = union(boxes);
  if (!around || boxes.length < 2) return [...boxes];
  const rows = clusters(boxes, "y");
  const columns = clusters(boxes, "x");
  if (rows.length === 1) return distributed(boxes, "x").map((box) => aligned(box, around, "middle"));
  if (columns.length === 1) return distributed(boxes, "y").map((box) => aligned(box, around, "center"));
  // Nobody beside anybody, and no column either, as on a diagonal: as many across as down.
  const across = rows.length === boxes.length ? Math.ceil(Math.sqrt(boxes.length)) : Math.max(...rows.map((one) => one.length));
  const inOrder = rows.flatMap((one) => one.toSorted((a, b) => (boxes[a]?.x ?? 0) - (boxes[b]?.x ?? 0)));
  const widths = Array.from({ length: across }, (_, column) => Math.max(...inOrder.filter((_, place) => place % across === column).map((index) => boxes[index]?.width ?? 0)));
  const heights = Array.from({ length: Math.ceil(inOrder.length / across) }, (_, row) => Math.max(...inOrder.slice(row * across, (row + 1) * across).map((index) => boxes[index]?.height ?? 0)));
  const gap = (total: number, sizes: readonly number[]): number => (sizes.length > 1 ? Math.max(0, Math.floor((total - sizes.reduce((sum, one) => sum + one, 0)) / (sizes.length - 1))) : 0);
  const [gapX, gapY] = [gap(around.width, widths), gap(around.height, heights)];
  const result = [...boxes];
  inOrder.forEach((index, place) => {
    const [column, row] = [place % across, Math.floor(place / across)];
    const box = boxes[index];
    const start = (sizes: readonly number[], upTo: number, between: number): number => sizes.slice(0, upTo).reduce((sum, one) => sum + one + between, 0);
    if (box) result[index] = { ...box, x: around.x + start(widths, column, gapX), y: around.y + start(heights, row, gapY) };
  });
  return result;
}

/** The boxes' indexes in rows (axis y) or columns (axis x): those that overlap by more than half of the smaller one share one. */
function clusters(boxes: readonly Box[], axis: Axis): number[][] {
  const order = boxes.map((_, index) => index).toSorted((a, b) => (boxes[a]?.[axis] ?? 0) - (boxes[b]?.[axis] ?? 0));
  const result: Array<{ from: number; to: number; members: number[] }> = [];
  for (const index of order) {
    const box = boxes[index];
    if (!box) continue;
    const last = result.at(-1);
    const overlap = last ? Math.min(last.to, high(box, axis)) - Math.max(last.from, low(box, axis)) : -1;
    if (last && overlap > Math.min(last.to - last.from, size(box, axis)) / 2) last.members.push(index);
    else result.push({ from: low(box, axis), to: high(box, axis), members: [index] });
  }
  return result.map((one) => one.members);
}

/** A part of the frame in whole pixels, from fractions; neighbouring parts share their edges. */
export function partOf(frame: Box, [x, y, width, height]: readonly [number, number, number, number]): Box {
  const [left, top] = [Math.round(frame.x + frame.width * x), Math.round(frame.y + frame.height * y)];
  return { x: left, y: top, width: Math.round(frame.x + frame.width * (x + width)) - left, height: Math.round(frame.y + frame.height * (y + height)) - top };
}
