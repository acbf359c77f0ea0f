/** A preset as a small drawing in the shape of the canvas. */
import type { Box } from "../../document/types.ts";

const SVG = "http://www.w3.org/2000/svg";

/** `boxes` are shares of the canvas. */
export function presetPicture({ width, height }: { readonly width: number; readonly height: number }, boxes: readonly Box[]): SVGSVGElement {
  const [w, h] = height > width ? [27, 48] : width === height ? [40, 40] : [56, 32];
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of [["viewBox", `0 0 ${w} ${h}`], ["width", w], ["height", h], ["aria-hidden", true]] as const) svg.setAttribute(name, String(value));
  for (const box of boxes) {
    const rect = document.createElementNS(SVG, "rect");
    for (const [name, value] of [["x", box.x * w + 0.75], ["y", box.y * h + 0.75], ["width", Math.max(0.5, box.width * w - 1.5)], ["height", Math.max(0.5, box.height * h - 1.5)], ["rx", 1.5]] as const) rect.setAttribute(name, String(value));
    svg.append(rect);
  }
  return svg;
}
