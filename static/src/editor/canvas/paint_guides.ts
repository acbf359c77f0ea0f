/** Lines that hold, equal gaps and sizes, distances, the person's own guides, and words beside them. */
import type { Box } from "../document/types.ts";
import type { Editor } from "../state/editor.ts";
import type { Mark } from "../geometry/gaps.ts";
import type { Point } from "../geometry/rect.ts";
import type { Colors, Paint } from "./surface.ts";

const CAP = 4;
const FONT = "600 11px system-ui, 'Noto Sans SC', sans-serif";

function line(paint: Paint, from: Point, to: Point): void {
  paint.beginPath();
  paint.moveTo(Math.round(from.x) + 0.5, Math.round(from.y) + 0.5);
  paint.lineTo(Math.round(to.x) + 0.5, Math.round(to.y) + 0.5);
  paint.stroke();
}

export function paintGuides(paint: Paint, { gesture, aids, guide: chosen, rulers, view }: Editor, colors: Colors, frame: Box): void {
  const onX = (at: number): number => view.x + at * view.zoom;
  const onY = (at: number): number => view.y + at * view.zoom;
  paint.lineWidth = 1;
  if (rulers) {
    for (const [index, { axis, at }] of aids.guides.entries()) {
      // The chosen one is told by its width, too.
      paint.strokeStyle = index === chosen ? colors.accent : "#0FA3B1";
      paint.lineWidth = index === chosen ? 3 : 1;
      if (axis === "x") line(paint, { x: onX(at), y: frame.y - 2000 }, { x: onX(at), y: frame.y + frame.height + 2000 });
      else line(paint, { x: frame.x - 2000, y: onY(at) }, { x: frame.x + frame.width + 2000, y: onY(at) });
    }
    const held = chosen === null ? undefined : aids.guides[chosen];
    if (held) paintLabel(paint, `${held.axis.toUpperCase()} ${held.at}`, held.axis === "x" ? { x: onX(held.at) + 8, y: frame.y + 8 } : { x: frame.x + 8, y: onY(held.at) + 8 }, colors.accent, "start");
  }
  paint.lineWidth = 1;
  paint.strokeStyle = colors.guide;
  for (const { axis, at, center, from, to } of gesture.guides) {
    paint.setLineDash(center ? [5, 4] : []);
    if (axis === "x") line(paint, { x: onX(at), y: onY(from) }, { x: onX(at), y: onY(to) });
    else line(paint, { x: onX(from), y: onY(at) }, { x: onX(to), y: onY(at) });
  }
  paint.setLineDash([]);
}

/** Each as a line with caps and its length in canvas pixels. */
export function paintMarks(paint: Paint, { gesture, view }: Editor, colors: Colors): void {
  for (const mark of gesture.marks) paintMark(paint, mark, view, mark.kind === "distance" ? "#D6336C" : colors.guide);
}

function paintMark(paint: Paint, { axis, from, to, at }: Mark, { x, y, zoom }: Editor["view"], color: string): void {
  const place = (along: number, across: number): Point => (axis === "x" ? { x: x + along * zoom, y: y + at * zoom + across } : { x: x + at * zoom + across, y: y + along * zoom });
  paint.strokeStyle = color;
  paint.lineWidth = 1;
  line(paint, place(from, 0), place(to, 0));
  line(paint, place(from, -CAP), place(from, CAP));
  line(paint, place(to, -CAP), place(to, CAP));
  const middle = place((from + to) / 2, 0);
  paintLabel(paint, String(Math.round(to - from)), axis === "x" ? { x: middle.x, y: middle.y + 6 } : { x: middle.x + 8, y: middle.y - 8 }, color, axis === "x" ? "middle" : "start");
}

/** White words on a plate. */
export function paintLabel(paint: Paint, words: string, at: Point, color: string, anchor: "start" | "middle"): void {
  paint.font = FONT;
  paint.textBaseline = "middle";
  paint.textAlign = "left";
  const width = Math.ceil(paint.measureText(words).width) + 12;
  const left = Math.round(anchor === "middle" ? at.x - width / 2 : at.x);
  const top = Math.round(at.y);
  paint.fillStyle = color;
  paint.beginPath();
  paint.roundRect(left, top, width, 18, 4);
  paint.fill();
  // The accent is pale on dark pages: its words are dark there.
  paint.fillStyle = isPale(color) ? "#0E1116" : "#FFFFFF";
  paint.fillText(words, left + 6, top + 9.5);
}

function isPale(color: string): boolean {
  const [, red = "0", green = "0", blue = "0"] = /^#(..)(..)(..)$/.exec(color) ?? [];
  return 0.299 * parseInt(red, 16) + 0.587 * parseInt(green, 16) + 0.114 * parseInt(blue, 16) > 140;
}
