import type { Box } from "../document/types.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Axis = "x" | "y";
export const AXES: readonly Axis[] = ["x", "y"];

export const low = (box: Box, axis: Axis): number => box[axis];
export const size = (box: Box, axis: Axis): number => (axis === "x" ? box.width : box.height);
export const high = (box: Box, axis: Axis): number => box[axis] + size(box, axis);
export const shifted = (box: Box, axis: Axis, by: number): Box => (by === 0 ? box : { ...box, [axis]: box[axis] + by });

export const right = (box: Box): number => box.x + box.width;
export const bottom = (box: Box): number => box.y + box.height;

/** The smallest box around all of them; null around nothing. */
export function union(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return { x, y, width: Math.max(...boxes.map(right)) - x, height: Math.max(...boxes.map(bottom)) - y };
}

/** The box between two corners, whichever they are. */
export function between(a: Point, b: Point): Box {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

export function touches(a: Box, b: Box): boolean {
  return a.x <= right(b) && b.x <= right(a) && a.y <= bottom(b) && b.y <= bottom(a);
}

export function contains(box: Box, point: Point): boolean {
  return point.x >= box.x && point.x < right(box) && point.y >= box.y && point.y < bottom(box);
}

export function rounded(box: Box): Box {
  return { x: Math.round(box.x), y: Math.round(box.y), width: Math.round(box.width), height: Math.round(box.height) };
}

export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** Moved, unchanged in size, so that it lies inside the frame; a box larger than the frame keeps its place on that axis. */
export function movedInside(box: Box, frame: Box): Box {
  const x = box.width <= frame.width ? clamp(box.x, frame.x, right(frame) - box.width) : box.x;
  const y = box.height <= frame.height ? clamp(box.y, frame.y, bottom(frame) - box.height) : box.y;
  return { ...box, x, y };
}

/** The frame, made larger so far that it holds the box too: what lies partly outside may stay so, but goes no further. */
export function reachOf(frame: Box, box: Box): Box {
  return union([frame, box]) ?? frame;
}

export function intersection(a: Box, b: Box): Box | null {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const [width, height] = [Math.min(right(a), right(b)) - x, Math.min(bottom(a), bottom(b)) - y];
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** Where a picture of this size is drawn inside a box that contains all of it. */
export function containedIn(box: Box, width: number, height: number): Box {
  const scale = Math.min(box.width / width, box.height / height);
  const [w, h] = [width * scale, height * scale];
  return { x: box.x + (box.width - w) / 2, y: box.y + (box.height - h) / 2, width: w, height: h };
}

/** The part of a picture (in its own pixels) that fills a box completely. */
export function coveringPart(box: Box, width: number, height: number): Box {
  const scale = Math.max(box.width / width, box.height / height);
  const [w, h] = [box.width / scale, box.height / scale];
  return { x: (width - w) / 2, y: (height - h) / 2, width: w, height: h };
}
