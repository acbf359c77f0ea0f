/** Draws a whole document. Objects that look as they did are not drawn again but copied from their tiles, so that a drag costs little. */
import { guestAt, MOST_PEOPLE, type People } from "../document/people.ts";
import type { Box, LayoutDocument, LayoutObject } from "../document/types.ts";
import { intersection } from "../geometry/rect.ts";
import type { View } from "../geometry/view.ts";
import { paintObject, paintPicture, type Scenery } from "./paint_object.ts";
import type { Pictures } from "./pictures.ts";
import { PALETTE } from "./stand_ins.ts";
import { surface, type Paint } from "./surface.ts";

export interface SceneOptions {
  /** In device pixels. */
  readonly view: View;
  readonly people: People;
  readonly variables: Readonly<Record<string, string>>;
  readonly writing: string | null;
}

interface Tile {
  readonly looks: string;
  readonly canvas: HTMLCanvasElement;
}

/** Device pixels that all tiles together may have: 128 MB. */
const MOST_PIXELS = 32e6;

export class Scene {
  private readonly pictures: Pictures;
  private tiles = new Map<string, Tile>();
  private readonly looks = new WeakMap<LayoutObject, string>();

  constructor(pictures: Pictures) {
    this.pictures = pictures;
  }

  /** Pictures or fonts have come: everything may look different. */
  forget(): void {
    this.tiles = new Map();
  }

  scenery(document: LayoutDocument, { view, people, variables, writing }: SceneOptions): Scenery {
    const slots = [...new Set(document.objects.flatMap((object) => (object.kind === "region" && !object.hidden ? [object.source.slot] : [])))];
    const seats = new Map(slots.map((slot, seat) => {
      const everybody = people.count >= MOST_PEOPLE;
      return [slot, { guest: guestAt(seat, everybody ? { ...people, count: Infinity } : people), color: PALETTE[seat % PALETTE.length] ?? "#4F6BED" }];
    }));
    const nobody = { guest: guestAt(0, people), color: "#4F6BED" };
    return { pictures: this.pictures, variables, scale: view.zoom, writing, seat: (slot) => seats.get(slot) ?? nobody };
  }

  /** Paints the document as the view has it, clipped to its canvas. */
  paint(paint: Paint, document: LayoutDocument, options: SceneOptions): void {
    const { view } = options;
    const { width, height, color, image } = document.canvas;
    const frame = onDevice({ x: 0, y: 0, width, height }, view);
    const scenery = this.scenery(document, options);
    paint.save();
    paint.beginPath();
    paint.rect(frame.x, frame.y, frame.width, frame.height);
    paint.clip();
    paint.fillStyle = color;
    paint.fillRect(frame.x, frame.y, frame.width, frame.height);
    if (image) paintPicture(paint, image.url, image.fit ?? "cover", null, frame, scenery);
    const window = intersection(frame, { x: 0, y: 0, width: paint.canvas.width, height: paint.canvas.height });
    const kept = new Map<string, Tile>();
    let pixels = 0;
    for (const object of document.objects) {
      if (object.hidden || object.opacity === 0) continue;
      const box = onDevice(object, view);
      if (!window || !intersection(box, window)) continue;
      pixels += box.width * box.height;
      this.paintOne(paint, object, box, scenery, kept, pixels <= MOST_PIXELS);
    }
    paint.restore();
    this.tiles = kept;
  }

  private paintOne(paint: Paint, object: LayoutObject, box: Box, scenery: Scenery, kept: Map<string, Tile>, mayKeep: boolean): void {
    paint.globalAlpha = object.opacity;
    const looks = `${box.width} ${box.height} ${this.looksOf(object, scenery)}`;
    const known = this.tiles.get(object.id);
    if (known?.looks === looks) {
      kept.set(object.id, known);
      paint.drawImage(known.canvas, box.x, box.y);
    } else if (!mayKeep && object.opacity === 1) paintObject(paint, object, box, scenery);
    else {
      // Faded as a whole: what overlaps inside the object must not show through itself.
      const tile = surface(box.width, box.height);
      paintObject(tile.paint, object, { x: 0, y: 0, width: box.width, height: box.height }, scenery);
      paint.drawImage(tile.canvas, box.x, box.y);
      if (mayKeep) kept.set(object.id, { looks, canvas: tile.canvas });
    }
    paint.globalAlpha = 1;
  }

  /** Everything that decides how an object looks, but for where it lies. */
  private looksOf(object: LayoutObject, { seat, writing, variables, scale }: Scenery): string {
    let own = this.looks.get(object);
    if (own === undefined) {
      const { x: _x, y: _y, id: _id, locked: _locked, ...rest } = object;
      own = JSON.stringify(rest);
      this.looks.set(object, own);
    }
    if (object.kind === "text") return `${own} ${scale} ${writing === object.id} ${JSON.stringify(variables)}`;
    return object.kind === "region" ? `${own} ${JSON.stringify(seat(object.source.slot))}` : own;
  }
}

/** Edges are rounded, not sizes: neighbours stay neighbours at any zoom. */
export function onDevice(box: Box, view: View): Box {
  const x = Math.round(view.x + box.x * view.zoom);
  const y = Math.round(view.y + box.y * view.zoom);
  return { x, y, width: Math.max(1, Math.round(view.x + (box.x + box.width) * view.zoom) - x), height: Math.max(1, Math.round(view.y + (box.y + box.height) * view.zoom) - y) };
}
