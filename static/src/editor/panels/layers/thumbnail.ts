import { PARTS } from "../../actions/arrange.ts";

const [WIDTH, HEIGHT] = [28, 18];
const SVG = "http://www.w3.org/2000/svg";

/** A canvas in small, with the part tinted that an action of this id fills. */
export function partPicture(id: string): SVGSVGElement {
  const [, , [x, y, width, height] = [0, 0, 1, 1]] = PARTS.find(([part]) => part === id) ?? [];
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute("class", "qe-part");
  svg.setAttribute("aria-hidden", "true");
  svg.append(box("qe-part-frame", 0.5, 0.5, WIDTH - 1, HEIGHT - 1), box("qe-part-fill", 2 + x * (WIDTH - 4), 2 + y * (HEIGHT - 4), width * (WIDTH - 4), height * (HEIGHT - 4)));
  return svg;
}

function box(name: string, x: number, y: number, width: number, height: number): SVGRectElement {
  const rect = document.createElementNS(SVG, "rect");
  for (const [attribute, value] of Object.entries({ class: name, x, y, width, height, rx: name === "qe-part-frame" ? 3 : 1.5 })) rect.setAttribute(attribute, String(value));
  return rect;
}
