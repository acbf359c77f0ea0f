/** Presets that the team keeps: places as shares of a canvas, as apps/layout_document/own_presets.py has them. */
import type { Box, LayoutDocument } from "../document/types.ts";
import { clamp } from "../geometry/rect.ts";
import { arranged, type Place } from "./presets.ts";

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

/** In whole pixels; neighbours share their edges to the pixel. */
export function placesOf(shapes: Shapes, canvas: { readonly width: number; readonly height: number }): Place[] {
  return sharesFor(shapes, shapeOf(canvas)).map((share) => {
    const [left, top] = [Math.round(share.x * canvas.width), Math.round(share.y * canvas.height)];
    const side = (from: number, to: number): number => clamp(Math.round(to) - from, 1, LONGEST);
    // A zero is plain: JSON has no other.
    return { x: left + 0, y: top + 0, width: side(left, (share.x + share.width) * canvas.width), height: side(top, (share.y + share.height) * canvas.height), screen: share.stream === "screen" };
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

/** One step, as with our own presets: regions keep their people and looks, missing ones come, surplus ones are hidden. */
export function applyOwnPreset(document: LayoutDocument, shapes: Shapes): LayoutDocument {
  return arranged(document, placesOf(shapes, document.canvas));
}
