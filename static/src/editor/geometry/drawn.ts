/** Where a product's picture lies on the canvas: as large as fits, in the middle. Attributes of the group that holds it. */
export function drawnPlace(canvas: Size, output: Size): { readonly x: number; readonly y: number; readonly scaleX: number; readonly scaleY: number } {
  const scale = Math.min(canvas.width / output.width, canvas.height / output.height);
  return { x: (canvas.width - output.width * scale) / 2, y: (canvas.height - output.height * scale) / 2, scaleX: scale, scaleY: scale };
}

interface Size {
  readonly width: number;
  readonly height: number;
}
