/** The canvas: its size, color and background picture. */
import { CANVAS_MAX, CANVAS_MIN, type Canvas, type LayoutDocument } from "../document/types.ts";
import { clamp } from "../geometry/rect.ts";
import { scaledWith } from "../geometry/resize.ts";

/** Objects scale with the canvas, so that a picture keeps its arrangement; locked ones too, as their place is what is locked. */
export function resizeCanvas(document: LayoutDocument, width: number, height: number): LayoutDocument {
  const from = { x: 0, y: 0, width: document.canvas.width, height: document.canvas.height };
  const to = { x: 0, y: 0, width: clamp(Math.round(width), CANVAS_MIN, CANVAS_MAX), height: clamp(Math.round(height), CANVAS_MIN, CANVAS_MAX) };
  const zoom = Math.min(to.width / from.width, to.height / from.height);
  return {
    ...document,
    canvas: { ...document.canvas, width: to.width, height: to.height },
    objects: document.objects.map((object) => {
      const placed = { ...object, ...scaledWith(object, from, to) };
      return placed.kind === "text" ? { ...placed, size: Math.max(8, Math.round(placed.size * zoom)) } : placed;
    }),
  };
}

export function changeCanvas(document: LayoutDocument, change: Partial<Pick<Canvas, "color" | "image">>): LayoutDocument {
  return { ...document, canvas: { ...document.canvas, ...change } };
}
