/** Texts, broken into lines and placed as apps/preview/text.py does: a line is 1.2 sizes high, and all are centered in the box's height. */
import type { Box, TextObject } from "../document/types.ts";
import { filled } from "../document/variables.ts";
import { drawableText, TEXT_FONT } from "../fonts/chain.ts";
import { directionOf } from "../geometry/direction.ts";
import { linesIn } from "../geometry/wrap.ts";
import { surface, type Paint } from "./surface.ts";

export const LINE_HEIGHT = 1.2;
/** Of the font, in sizes. The server's library rounds both up to whole pixels, and so must we. */
export const ASCENT = 1.16;
export const DESCENT = 0.288;

export function fontOf(size: number, weight: number): string {
  return `${weight >= 600 ? 700 : 400} ${size}px ${TEXT_FONT}`;
}

let ruler: Paint | null = null;

export function widthOf(text: string, font: string): number {
  ruler ??= surface(1, 1).paint;
  ruler.font = font;
  return ruler.measureText(text).width;
}

/** The lines of a text object, with its variables filled in. */
export function linesOf({ text, size, weight, width, height }: TextObject, variables: Readonly<Record<string, string>>): string[] {
  const font = fontOf(size, weight);
  return linesIn(drawableText(filled(text, variables), weight), width, height, size * LINE_HEIGHT, (part) => widthOf(part, font));
}

/** How far below the middle of its line the baseline lies. */
export function baselineShift(size: number): number {
  return (Math.ceil(ASCENT * size) - Math.ceil(DESCENT * size)) / 2;
}

/** Draws lines in a box of the paint's own pixels. */
export function paintLines(paint: Paint, lines: readonly string[], box: Box, look: { readonly size: number; readonly weight: number; readonly color: string; readonly align: "left" | "center" | "right" }): void {
  paint.font = fontOf(look.size, look.weight);
  paint.fillStyle = look.color;
  paint.textBaseline = "alphabetic";
  paint.textAlign = "left";
  const height = look.size * LINE_HEIGHT;
  const top = box.y + (box.height - height * lines.length) / 2;
  lines.forEach((line, number) => {
    paint.direction = directionOf(line);
    const free = box.width - paint.measureText(line).width;
    const x = box.x + (look.align === "left" ? 0 : look.align === "center" ? free / 2 : free);
    paint.fillText(line, x, top + height * number + height / 2 + baselineShift(look.size));
  });
}
