/** What a product needs of places and sizes, as a hand meets it: in canvas pixels. */
import type { Box, Kind } from "../document/types.ts";
import { SMALLEST } from "./resize.ts";
import type { Size } from "./view.ts";

/** Of what may lie partly outside, at least this much stays on the canvas. */
const STILL_SEEN = 16;

/** A product's own words, in pixels of its output. */
export interface ProductLimits {
  readonly region_minimum: readonly [number, number];
  readonly regions_even: boolean;
  /** What may reach over the edge of the canvas. */
  readonly overhang: readonly Kind[];
  readonly canvas_maximum: readonly [number, number];
  /** Whether regions may be seen through. */
  readonly opacity: boolean;
}

export interface Limits {
  /** Of a region. */
  readonly smallest: Size;
  /** Edges of regions lie on multiples of it. */
  readonly step: 1 | 2;
  readonly overhang: ReadonlySet<Kind>;
  /** Whether regions may be seen through. */
  readonly opacity: boolean;
}

/** Whoever draws for no product keeps everything on the canvas. */
export const NO_LIMITS: Limits = { smallest: { width: SMALLEST, height: SMALLEST }, step: 1, overhang: new Set(), opacity: true };

/** What satisfies all of them. A canvas that is larger than a product's picture is shrunk for it, and its least size grows. */
export function limitsOf(products: readonly ProductLimits[], canvas: Size): Limits {
  const [first, ...rest] = products;
  if (!first) return NO_LIMITS;
  const scaleOf = ({ canvas_maximum: [width, height] }: ProductLimits): number => Math.min(1, width / canvas.width, height / canvas.height);
  const least = (side: 0 | 1): number => Math.max(SMALLEST, ...products.map((one) => Math.ceil(one.region_minimum[side] / scaleOf(one))));
  return {
    smallest: { width: least(0), height: least(1) },
    step: products.some((one) => one.regions_even && scaleOf(one) === 1) ? 2 : 1,
    overhang: new Set(first.overhang.filter((kind) => rest.every((one) => one.overhang.includes(kind)))),
    opacity: products.every((one) => one.opacity),
  };
}

interface Placed extends Box {
  readonly kind: Kind;
}

/** The least size of the box around them. Of several nobody becomes smaller than allowed, and who is smaller already, no smaller still. */
export function smallestAround(objects: readonly Placed[], around: Size, { smallest }: Limits): Size {
  const least = (side: "width" | "height"): number =>
    Math.max(SMALLEST, ...objects.map((object) => {
      const own = object.kind === "region" ? smallest[side] : SMALLEST;
      return objects.length === 1 ? own : Math.ceil((Math.min(own, object[side]) * around[side]) / object[side]);
    }));
  return { width: least("width"), height: least("height") };
}

/** The multiple on which edges of these objects lie. */
export function stepOf(objects: readonly Placed[], { step }: Limits): 1 | 2 {
  return objects.some((object) => object.kind === "region") ? step : 1;
}

/** Where the box around these objects may lie: on the canvas; what may reach over its edge, with a part still on it. */
export function roomFor(objects: readonly Placed[], around: Box, canvas: Box, { overhang }: Limits): Box {
  if (!objects.every((object) => overhang.has(object.kind))) return canvas;
  const [x, y] = [around.width - Math.min(around.width, STILL_SEEN), around.height - Math.min(around.height, STILL_SEEN)];
  return { x: canvas.x - x, y: canvas.y - y, width: canvas.width + 2 * x, height: canvas.height + 2 * y };
}
