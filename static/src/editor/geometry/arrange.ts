import type { Box } from "../document/types.ts";
import { bottom, right } from "./rect.ts";

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
