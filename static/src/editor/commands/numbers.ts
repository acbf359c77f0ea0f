/** Places and sizes by number: held to what a hand is held to. */
import type { Box, Ids, LayoutDocument, LayoutObject } from "../document/types.ts";
import { NO_LIMITS, roomFor, smallestAround, stepOf, type Limits } from "../geometry/limits.ts";
import { movedInside, reachOf, type Point } from "../geometry/rect.ts";
import { resized, type Handle } from "../geometry/resize.ts";
import { frameOf, movable, placeObjects } from "./boxes.ts";

/** Of a side: no object of a document is larger. */
const LONGEST = 3840;

/** How numbers are meant. */
export interface Meant {
  /** The point of a box that X and Y mean and that stays while its size changes, as shares of its sides: 0, 0.5 or 1. */
  readonly reference: Point;
  readonly keepsRatio: (object: LayoutObject) => boolean;
  readonly limits?: Limits;
}

/** The number that is shown for a box. */
export function numberOf(box: Box, name: keyof Box, { x, y }: Point): number {
  if (name === "x") return Math.round(box.x + box.width * x);
  return name === "y" ? Math.round(box.y + box.height * y) : box[name];
}

/** Gives each chosen object its new number from its own old one. */
export function setNumber(document: LayoutDocument, ids: Ids, name: keyof Box, next: (current: number) => number, { reference, keepsRatio, limits = NO_LIMITS }: Meant): LayoutDocument {
  const frame = frameOf(document);
  return placeObjects(document, new Map(movable(document, ids).map((object) => {
    const room = reachOf(roomFor([object], object, frame, limits), object);
    const step = stepOf([object], limits);
    const shown = numberOf(object, name, reference);
    const wanted = next(shown);
    if (wanted === shown) return [object.id, object];
    if (name === "x" || name === "y") {
      const share = reference[name] * object[name === "x" ? "width" : "height"];
      // Halves go down, as they go up where the number is shown.
      return [object.id, movedInside({ ...object, [name]: step * Math.ceil((wanted - share) / step - 0.5) + 0 }, room)];
    }
    return [object.id, sized(object, name, wanted, { reference, keepRatio: keepsRatio(object), frame: room, smallest: smallestAround([object], object, limits), step })];
  })));
}

interface Held {
  readonly reference: Point;
  readonly keepRatio: boolean;
  readonly frame: Box;
  readonly smallest: { readonly width: number; readonly height: number };
  readonly step: number;
}

/**
 * As if the edges that the reference leaves free were dragged; of a side whose middle stays, both. Where a size has no room there but
 * has some on the canvas, the box makes way: who types 75 % means 75 %.
 */
function sized(box: Box, side: "width" | "height", typed: number, { reference, keepRatio, frame, smallest, step }: Held): Box {
  const most = keepRatio ? box[side] * Math.min(frame.width / box.width, frame.height / box.height) : frame[side];
  const wanted = Math.min(typed, most, LONGEST);
  const anywhere = { x: box.x - LONGEST, y: box.y - LONGEST, width: 3 * LONGEST, height: 3 * LONGEST };
  const lead = side === "width" ? "x" : "y";
  const [across, down] = [reference.x === 1 ? "w" : "e", reference.y === 1 ? "n" : "s"];
  const fromCenter = reference[lead] === 0.5;
  // The other side follows from its own middle where that is what stays, and wherever the leading one grows from its middle.
  const both = keepRatio && (fromCenter || reference[lead === "x" ? "y" : "x"] !== 0.5);
  const handle = (both ? `${down}${across}` : side === "width" ? across : down) as Handle;
  const by = (wanted - box[side]) / (fromCenter ? 2 : 1);
  const made = resized(box, handle, across === "w" ? -by : by, down === "n" ? -by : by, { keepRatio, fromCenter, lead, frame: anywhere, smallest, step });
  const inside = (one: Box): Box => movedInside({ ...one, width: Math.min(one.width, frame.width), height: Math.min(one.height, frame.height) }, frame);
  if (!keepRatio || !fromCenter) return inside(made);
  // Grown from the middle both ways: the other side goes back to the edge that stays.
  const other = lead === "x" ? "y" : "x";
  const extent = other === "x" ? "width" : "height";
  return inside({ ...made, [other]: Math.round(box[other] + (box[extent] - made[extent]) * reference[other]) });
}
