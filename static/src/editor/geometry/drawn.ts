import type { LayoutDocument } from "../document/types.ts";

/** Where a product's picture lies on the canvas: as large as fits, in the middle. Attributes of the group that holds it. */
export function drawnPlace(canvas: Size, output: Size): { readonly x: number; readonly y: number; readonly scaleX: number; readonly scaleY: number } {
  const scale = Math.min(canvas.width / output.width, canvas.height / output.height);
  return { x: (canvas.width - output.width * scale) / 2, y: (canvas.height - output.height * scale) / 2, scaleX: scale, scaleY: scale };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The document with its objects where the product draws them. What it draws elsewhere or not at all (in its background, dropped) stays where it is. */
export function placedAs(document: LayoutDocument, drawn: LayoutDocument): LayoutDocument {
  const { x, y, scaleX, scaleY } = drawnPlace(document.canvas, drawn.canvas);
  const boxes = new Map(drawn.objects.map((one) => [one.id, { x: x + one.x * scaleX, y: y + one.y * scaleY, width: one.width * scaleX, height: one.height * scaleY }]));
  return { ...document, objects: document.objects.map((object) => ({ ...object, ...boxes.get(object.id) })) };
}
