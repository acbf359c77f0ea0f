import { isReachable } from "../document/find.ts";
import type { Box, LayoutDocument, LayoutObject } from "../document/types.ts";
import { HANDLES, handlePoint, type Handle } from "./resize.ts";
import { bottom, contains, right, touches, type Point } from "./rect.ts";

/** All reachable objects under a point, the front one first. */
export function objectsAt(document: LayoutDocument, point: Point): LayoutObject[] {
  return document.objects.filter((object) => isReachable(object) && contains(object, point)).toReversed();
}

/** What a marquee catches: everything reachable that it touches. */
export function objectsTouching(document: LayoutDocument, marquee: Box): LayoutObject[] {
  return document.objects.filter((object) => isReachable(object) && touches(object, marquee));
}

const SIDES_FROM = 24;

/** Handles that a box of this size (in screen pixels) offers: small boxes keep their corners only. */
export function offeredHandles(width: number, height: number): readonly Handle[] {
  return HANDLES.filter((handle) => handle.length === 2 || (handle === "n" || handle === "s" ? width : height) >= SIDES_FROM);
}

/** The handle under a point: corners first, then the whole length of the sides. `reach` is in canvas pixels. */
export function handleAt(box: Box, point: Point, reach: number, zoom: number): Handle | null {
  const offered = offeredHandles(box.width * zoom, box.height * zoom);
  for (const handle of offered) {
    const at = handlePoint(box, handle);
    if (handle.length === 2 && Math.abs(point.x - at.x) <= reach && Math.abs(point.y - at.y) <= reach) return handle;
  }
  const insideX = point.x > box.x && point.x < right(box);
  const insideY = point.y > box.y && point.y < bottom(box);
  for (const handle of offered) {
    if (handle.length === 2) continue;
    const at = handlePoint(box, handle);
    const upright = handle === "n" || handle === "s";
    const off = upright ? point.y - at.y : point.x - at.x;
    // Inside, at least half of a small box is left to carry it by.
    const inward = (handle === "n" || handle === "w" ? 1 : -1) * off > 0;
    const most = inward ? Math.min(reach, (upright ? box.height : box.width) / 4) : reach;
    if ((upright ? insideX : insideY) && Math.abs(off) <= most) return handle;
  }
  return null;
}
