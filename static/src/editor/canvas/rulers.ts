import type { Editor } from "../state/editor.ts";
import { union } from "../geometry/rect.ts";
import { rulerStep, type Size, type View } from "../geometry/view.ts";
import { RULER } from "../tools/select/cursors.ts";
import { surface, type Paint, type Surface, type Colors } from "./surface.ts";

const ROOM = 64;

/** Rulers in canvas pixels along the top and the left; the part that the selection takes is tinted. */
export class Rulers {
  /** The scales, without what lies below them: they change with the view, not with what is dragged. */
  private scales: { readonly key: string; readonly top: Surface; readonly side: Surface } | null = null;

  paint(paint: Paint, editor: Editor, colors: Colors, { width, height }: Size, density: number): void {
    const { zoom, x, y } = editor.view;
    paint.fillStyle = colors.surface;
    paint.fillRect(0, 0, width, RULER);
    paint.fillRect(0, 0, RULER, height);
    const chosen = union(editor.chosen);
    if (chosen) {
      paint.globalAlpha = 0.22;
      paint.fillStyle = colors.accent;
      paint.fillRect(Math.max(RULER, x + chosen.x * zoom), 0, Math.max(0, x + (chosen.x + chosen.width) * zoom - Math.max(RULER, x + chosen.x * zoom)), RULER);
      paint.fillRect(0, Math.max(RULER, y + chosen.y * zoom), RULER, Math.max(0, y + (chosen.y + chosen.height) * zoom - Math.max(RULER, y + chosen.y * zoom)));
      paint.globalAlpha = 1;
    }
    const { top, side } = this.drawn(editor.view, colors, { width, height }, density);
    paint.drawImage(top.canvas, 0, 0, width, RULER + 1);
    paint.drawImage(side.canvas, 0, 0, RULER + 1, height);
    paint.fillStyle = colors.surface;
    paint.fillRect(0, 0, RULER, RULER);
  }

  private drawn(view: View, colors: Colors, { width, height }: Size, density: number): { readonly top: Surface; readonly side: Surface } {
    const key = [view.zoom, view.x, view.y, width, height, density, colors.soft, colors.line].join();
    if (this.scales?.key === key) return this.scales;
    const sides = [
      [width, RULER + 1, view.x, true],
      [RULER + 1, height, view.y, false],
    ] as const;
    const [top, side] = sides.map(([w, h, start, across]) => {
      const made = surface(Math.round(w * density), Math.round(h * density));
      made.paint.scale(density, density);
      paintScale(made.paint, across ? w : h, start, view.zoom, colors, across);
      return made;
    }) as [Surface, Surface];
    this.scales = { key, top, side };
    return this.scales;
  }
}

/** Numbers, their marks, and the line that ends the ruler; `start` is where the canvas begins. */
function paintScale(paint: Paint, length: number, start: number, zoom: number, colors: Colors, across: boolean): void {
  const step = rulerStep(zoom, ROOM);
  paint.font = "10px system-ui, sans-serif";
  paint.textAlign = "left";
  paint.textBaseline = "alphabetic";
  paint.fillStyle = colors.soft;
  paint.strokeStyle = colors.line;
  paint.lineWidth = 1;
  paint.beginPath();
  const mark = (place: number, tall: number): void => {
    paint.moveTo(across ? place : RULER - tall, across ? RULER - tall : place);
    paint.lineTo(across ? place : RULER, across ? RULER : place);
  };
  for (let at = Math.ceil((RULER - start) / zoom / step) * step; start + at * zoom < length; at += step) {
    const place = Math.round(start + at * zoom) + 0.5;
    mark(place, 8);
    for (let part = 1; part < 5; part += 1) mark(Math.round(place + (step * zoom * part) / 5) + 0.5, 4);
    paint.save();
    if (across) paint.translate(place + 3, 11);
    else {
      paint.translate(11, place - 3);
      paint.rotate(-Math.PI / 2);
    }
    paint.fillText(String(at), 0, 0);
    paint.restore();
  }
  paint.moveTo(across ? 0 : RULER + 0.5, across ? RULER + 0.5 : 0);
  paint.lineTo(across ? length : RULER + 0.5, across ? RULER + 0.5 : length);
  paint.stroke();
}
