/** Arrangements as shares of a canvas, our presets and the team's own, placed as apps/layout_document/places.py places them. */
import type { Box, LayoutDocument } from "../document/types.ts";
import { clamp } from "../geometry/rect.ts";

export type Shape = "wide" | "tall" | "square";

/** In shares of the canvas's sides. */
export interface Share extends Box {
  readonly stream?: "camera" | "screen";
}

/** By the shape that each was drawn for; one at least. Places stand back to front. */
export type Shapes = Readonly<Partial<Record<Shape, readonly Share[]>>>;

const INSTEAD: Readonly<Record<Shape, readonly Shape[]>> = { wide: ["wide", "tall", "square"], tall: ["tall", "wide", "square"], square: ["square", "wide", "tall"] };
const LONGEST = 3840;
/** As the server takes them. */
const LIMITS = { first: -1, last: 2, smallest: 0.0005, largest: 2 };

export function shapeOf({ width, height }: { readonly width: number; readonly height: number }): Shape {
  return width > height ? "wide" : height > width ? "tall" : "square";
}

/** The shares for a shape: as they were drawn for it, else had from another; what stands side by side when wide stands stacked when tall. */
export function sharesFor(shapes: Shapes, shape: Shape): readonly Share[] {
  const drawn = INSTEAD[shape].find((one) => shapes[one]);
  const shares = (drawn && shapes[drawn]) ?? [];
  const turned = drawn !== shape && drawn !== "square" && shape !== "square";
  return turned ? shares.map((share) => ({ ...share, x: share.y, y: share.x, width: share.height, height: share.width })) : shares;
}

/** Where a region is put, in whole pixels; `screen`: it shows what its person shares. */
export interface Place extends Box {
  readonly screen: boolean;
}

/** Halves go up; the canvas's own far edge stays where it is. A zero is plain: JSON has no other. */
function edge(share: number, side: number, step: number): number {
  return share === 1 ? side : step * Math.round((share * side) / step) + 0;
}

/** In whole pixels; neighbours share their edges to the pixel, and edges within the canvas lie on multiples of `step`. */
export function placesOf(shapes: Shapes, canvas: { readonly width: number; readonly height: number }, step = 1): Place[] {
  return sharesFor(shapes, shapeOf(canvas)).map((share) => {
    const [left, top] = [edge(share.x, canvas.width, step), edge(share.y, canvas.height, step)];
    const long = (from: number, to: number): number => clamp(to - from, 1, LONGEST);
    return { x: left, y: top, width: long(left, edge(share.x + share.width, canvas.width, step)), height: long(top, edge(share.y + share.height, canvas.height, step)), screen: share.stream === "screen" };
  });
}

/** The visible regions as places for a canvas of this shape. */
export function sharesOf({ canvas, objects }: LayoutDocument): Share[] {
  const exact = (value: number): number => Math.round(value * 1e6) / 1e6;
  return objects.flatMap((object): Share[] => {
    if (object.kind !== "region" || object.hidden) return [];
    const at = (value: number): number => clamp(exact(value), LIMITS.first, LIMITS.last);
    const long = (value: number): number => clamp(exact(value), LIMITS.smallest, LIMITS.largest);
    return [{ x: at(object.x / canvas.width), y: at(object.y / canvas.height), width: long(object.width / canvas.width), height: long(object.height / canvas.height), stream: object.source.stream }];
  });
}
