import type { Editor } from "../editor.ts";
import { union } from "../geometry/rect.ts";
import { rulerStep } from "../geometry/view.ts";
import { RULER } from "../tools/select/cursors.ts";
import type { Colors } from "./paint_overlay.ts";
import type { Paint } from "./surface.ts";

const ROOM = 64;

/** Rulers in canvas pixels along the top and the left; the part that the selection takes is tinted. */
export function paintRulers(paint: Paint, editor: Editor, colors: Colors, width: number, height: number): void {
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
  const step = rulerStep(zoom, ROOM);
  paint.font = "10px system-ui, sans-serif";
  paint.textAlign = "left";
  paint.textBaseline = "alphabetic";
  paint.fillStyle = colors.soft;
  paint.strokeStyle = colors.line;
  paint.lineWidth = 1;
  paint.beginPath();
  for (let at = Math.ceil((RULER - x) / zoom / step) * step; x + at * zoom < width; at += step) {
    const place = Math.round(x + at * zoom) + 0.5;
    paint.moveTo(place, RULER - 8);
    paint.lineTo(place, RULER);
    paint.fillText(String(at), place + 3, 11);
    tick(paint, place, (step * zoom) / 5, true);
  }
  for (let at = Math.ceil((RULER - y) / zoom / step) * step; y + at * zoom < height; at += step) {
    const place = Math.round(y + at * zoom) + 0.5;
    paint.moveTo(RULER - 8, place);
    paint.lineTo(RULER, place);
    tick(paint, place, (step * zoom) / 5, false);
    paint.save();
    paint.translate(11, place - 3);
    paint.rotate(-Math.PI / 2);
    paint.fillText(String(at), 0, 0);
    paint.restore();
  }
  paint.moveTo(0, RULER + 0.5);
  paint.lineTo(width, RULER + 0.5);
  paint.moveTo(RULER + 0.5, 0);
  paint.lineTo(RULER + 0.5, height);
  paint.stroke();
  paint.fillStyle = colors.surface;
  paint.fillRect(0, 0, RULER, RULER);
}

/** Four small marks after a number. */
function tick(paint: Paint, from: number, by: number, across: boolean): void {
  for (let part = 1; part < 5; part += 1) {
    const place = Math.round(from + by * part) + 0.5;
    paint.moveTo(across ? place : RULER - 4, across ? RULER - 4 : place);
    paint.lineTo(across ? place : RULER, across ? RULER : place);
  }
}
