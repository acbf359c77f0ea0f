/** How the canvas is looked at: which canvas pixel lies where on the screen. */
import type { Box } from "../document/types.ts";
import { clamp, type Point } from "./rect.ts";

export interface View {
  /** Screen pixels per canvas pixel. */
  readonly zoom: number;
  /** Where the canvas' top left corner lies, in screen pixels of the stage. */
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const ZOOM_MIN = 0.05;
const ZOOM_MAX = 16;

export function toCanvas(view: View, screen: Point): Point {
  return { x: (screen.x - view.x) / view.zoom, y: (screen.y - view.y) / view.zoom };
}

export function toScreen(view: View, at: Point): Point {
  return { x: view.x + at.x * view.zoom, y: view.y + at.y * view.zoom };
}

/** The view in which a box is as large as the room inside the margins allows. */
export function showing(box: Box, room: Size, margin: number): View {
  const zoom = clamp(Math.min((room.width - 2 * margin) / box.width, (room.height - 2 * margin) / box.height), ZOOM_MIN, ZOOM_MAX);
  return { zoom, x: room.width / 2 - (box.x + box.width / 2) * zoom, y: room.height / 2 - (box.y + box.height / 2) * zoom };
}

/** Another zoom; what lies at `screen` stays there. */
export function zoomedAt(view: View, wanted: number, screen: Point): View {
  const zoom = clamp(wanted, ZOOM_MIN, ZOOM_MAX);
  return { zoom, x: screen.x - ((screen.x - view.x) / view.zoom) * zoom, y: screen.y - ((screen.y - view.y) / view.zoom) * zoom };
}

/** Two fingers went from one pair of places to another: what they held stays under them. */
export function pinched(view: View, from: readonly [Point, Point], to: readonly [Point, Point]): View {
  const spread = ([a, b]: readonly [Point, Point]): number => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
  const middle = ([a, b]: readonly [Point, Point]): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const [before, after] = [middle(from), middle(to)];
  const zoomed = zoomedAt(view, (view.zoom * spread(to)) / spread(from), before);
  return { ...zoomed, x: zoomed.x + after.x - before.x, y: zoomed.y + after.y - before.y };
}

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** The distance of a ruler's numbers, so that they stand at least `room` screen pixels apart. */
export function rulerStep(zoom: number, room: number): number {
  return STEPS.find((step) => step * zoom >= room) ?? 1000;
}
