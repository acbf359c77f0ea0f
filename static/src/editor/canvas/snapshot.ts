/** A document as a small picture in the page, drawn by the same code as the canvas. */
import { EVERYBODY } from "../document/people.ts";
import type { LayoutDocument } from "../document/types.ts";
import { Pictures } from "./pictures.ts";
import { Scene } from "./scene.ts";
import { surface } from "./surface.ts";

/** An element that holds the picture, at most so many CSS pixels wide; drawn again as its pictures arrive. */
export function snapshot(document: LayoutDocument, width: number): HTMLElement {
  const frame = globalThis.document.createElement("div");
  frame.className = "qe-snapshot";
  const scene = new Scene(new Pictures(draw));
  function draw(): void {
    const { canvas } = document;
    const zoom = Math.min(1, (width * Math.min(2, globalThis.devicePixelRatio || 1)) / canvas.width);
    const drawn = surface(Math.max(1, Math.round(canvas.width * zoom)), Math.max(1, Math.round(canvas.height * zoom)));
    scene.forget();
    scene.paint(drawn.paint, document, { view: { zoom, x: 0, y: 0 }, people: EVERYBODY, variables: {}, writing: null });
    drawn.canvas.setAttribute("aria-hidden", "true");
    frame.replaceChildren(drawn.canvas);
  }
  draw();
  return frame;
}
