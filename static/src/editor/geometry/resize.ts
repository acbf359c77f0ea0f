import type { Box } from "../document/types.ts";
import { bottom, clamp, right, rounded, type Axis, type Point } from "./rect.ts";

export type Handle = "nw" | "n" | "ne" | "e" | "se" | "s" | "sw" | "w";
export const HANDLES: readonly Handle[] = ["nw", "n", "ne", "e", "se", "s", "sw", "w"];
export const SMALLEST = 2;

export interface ResizeOptions {
  readonly keepRatio: boolean;
  readonly fromCenter: boolean;
  /** Nothing may leave it. */
  readonly frame: Box;
  /** With a kept ratio: the axis whose edge leads, the other follows. Left out: the one that was carried further. */
  readonly lead?: Axis | undefined;
  /** Left out: two pixels. */
  readonly smallest?: { readonly width: number; readonly height: number };
  /** Edges that move come to lie on multiples of it. */
  readonly step?: number;
}

/** The point of the box that a handle sits on. */
export function handlePoint(box: Box, handle: Handle): Point {
  const x = handle.includes("w") ? box.x : handle.includes("e") ? right(box) : box.x + box.width / 2;
  const y = handle.includes("n") ? box.y : handle.includes("s") ? bottom(box) : box.y + box.height / 2;
  return { x, y };
}

/** The box after its handle has been carried by (dx, dy) from where it began. It never flips, and never leaves the frame. */
export function resized(start: Box, handle: Handle, dx: number, dy: number, { keepRatio, fromCenter, frame, lead, smallest = { width: SMALLEST, height: SMALLEST }, step = 1 }: ResizeOptions): Box {
  const signX = handle.includes("w") ? -1 : handle.includes("e") ? 1 : 0;
  const signY = handle.includes("n") ? -1 : handle.includes("s") ? 1 : 0;
  const both = fromCenter ? 2 : 1;
  const centerX = start.x + start.width / 2;
  const centerY = start.y + start.height / 2;

  // The most room on each axis, given which edge (or the centre) stays where it is.
  const roomX = fromCenter ? 2 * Math.min(centerX - frame.x, right(frame) - centerX) : signX < 0 ? right(start) - frame.x : right(frame) - start.x;
  const roomY = fromCenter ? 2 * Math.min(centerY - frame.y, bottom(frame) - centerY) : signY < 0 ? bottom(start) - frame.y : bottom(frame) - start.y;

  // An axis that nobody drags keeps its size, however small it is.
  let width = signX === 0 ? start.width : clamp(start.width + signX * dx * both, smallest.width, Math.max(smallest.width, roomX));
  let height = signY === 0 ? start.height : clamp(start.height + signY * dy * both, smallest.height, Math.max(smallest.height, roomY));
  if (keepRatio) {
    const wanted = signX === 0 ? height / start.height : signY === 0 || lead === "x" ? width / start.width : lead === "y" ? height / start.height : Math.max(width / start.width, height / start.height);
    // On a side handle the other axis grows from the middle, so its room is counted from there.
    const otherX = signX === 0 ? 2 * Math.min(centerX - frame.x, right(frame) - centerX) : roomX;
    const otherY = signY === 0 ? 2 * Math.min(centerY - frame.y, bottom(frame) - centerY) : roomY;
    const scale = clamp(wanted, Math.max(smallest.width / start.width, smallest.height / start.height), Math.min(otherX / start.width, otherY / start.height));
    width = start.width * scale;
    height = start.height * scale;
  }
  const x = fromCenter || signX === 0 ? centerX - width / 2 : signX < 0 ? right(start) - width : start.x;
  const y = fromCenter || signY === 0 ? centerY - height / 2 : signY < 0 ? bottom(start) - height : start.y;

  // Edges are rounded, not sizes: the edge that stays must stay to the pixel.
  const [left, over] = edgesAt(x, x + width, [start.x, right(start)], step);
  const [top, under] = edgesAt(y, y + height, [start.y, bottom(start)], step);
  return rounded({ x: left, y: top, width: Math.max(SMALLEST, over - left), height: Math.max(SMALLEST, under - top) });
}

/** Edges that were carried lie on multiples of the step, those that stayed lie where they lay. */
function edgesAt(low: number, high: number, begin: readonly [number, number], step: number): readonly [number, number] {
  const edge = (value: number, was: number): number => (Math.abs(value - was) < 0.5 ? was : step * Math.round(value / step));
  return [edge(low, begin[0]), edge(high, begin[1])];
}

/** A box that lay somewhere inside `from`, where it lies when `from` has become `to`; its edges on multiples of the step. */
export function scaledWith(box: Box, from: Box, to: Box, step = 1): Box {
  const scaleX = to.width / from.width;
  const scaleY = to.height / from.height;
  const edge = (value: number): number => step * Math.round(value / step);
  const left = edge(to.x + (box.x - from.x) * scaleX);
  const top = edge(to.y + (box.y - from.y) * scaleY);
  const width = edge(to.x + (right(box) - from.x) * scaleX) - left;
  const height = edge(to.y + (bottom(box) - from.y) * scaleY) - top;
  return { x: left, y: top, width: Math.max(SMALLEST, width), height: Math.max(SMALLEST, height) };
}

/** Which edges a handle moves: "low" is left or top. */
export function edgesOf(handle: Handle): Partial<Record<Axis, "low" | "high">> {
  return {
    ...(handle.includes("w") ? { x: "low" as const } : handle.includes("e") ? { x: "high" as const } : {}),
    ...(handle.includes("n") ? { y: "low" as const } : handle.includes("s") ? { y: "high" as const } : {}),
  };
}
