/**
 * Draws a whole document, and after that only what has changed: the pixels where an object lay and lies. Objects that look as they did are
 * not drawn again but copied from their tiles. Both together make a drag cheap, however many objects there are.
 */
import { guestAt, MOST_PEOPLE, type People } from "../document/people.ts";
import type { Box, LayoutDocument, LayoutObject } from "../document/types.ts";
import { intersection, union } from "../geometry/rect.ts";
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

/** An object as it was drawn. While it is carried it has up to four sizes: whole pixels make it one wider here and there. */
interface Tiles {
  readonly looks: string;
  readonly drawn: readonly HTMLCanvasElement[];
}

/** What a canvas shows since it was painted last. */
interface Shown {
  readonly paint: Paint;
  readonly document: LayoutDocument;
  readonly view: View;
  readonly scenery: Scenery;
}

/** Device pixels that all tiles together may have: 128 MB. */
const MOST_PIXELS = 32e6;

export class Scene {
  private readonly pictures: Pictures;
  private tiles = new Map<string, Tiles>();
  private pixels = 0;
  private readonly looks = new WeakMap<LayoutObject, string>();
  private shown: Shown | null = null;
  private kept: { readonly key: string; readonly scenery: Scenery } | null = null;

  constructor(pictures: Pictures) {
    this.pictures = pictures;
  }

  /** Four bytes a pixel. */
  get tileBytes(): number {
    return this.pixels * 4;
  }

  /** Pictures or fonts have come: everything may look different. */
  forget(): void {
    [this.tiles, this.pixels] = [new Map(), 0];
    this.emptied();
  }

  /** The canvas was emptied; what was drawn into tiles still stands. */
  emptied(): void {
    this.shown = null;
  }

  /** The same object for as long as nothing in it changes. */
  scenery(document: LayoutDocument, { view, people, variables, writing }: SceneOptions): Scenery {
    const slots = [...new Set(document.objects.flatMap((object) => (object.kind === "region" && !object.hidden ? [object.source.slot] : [])))];
    const key = JSON.stringify([slots, people, variables, writing, view.zoom]);
    if (this.kept?.key === key) return this.kept.scenery;
    const everybody = people.count >= MOST_PEOPLE;
    const seats = new Map(slots.map((slot, seat) => [slot, { guest: guestAt(seat, everybody ? { ...people, count: Infinity } : people), color: PALETTE[seat % PALETTE.length] ?? "#4F6BED" }]));
    const nobody = { guest: guestAt(0, people), color: "#4F6BED" };
    const scenery: Scenery = { pictures: this.pictures, variables, scale: view.zoom, writing, seat: (slot) => seats.get(slot) ?? nobody };
    this.kept = { key, scenery };
    return scenery;
  }

  /** Paints the document as the view has it, clipped to its canvas, on a paint that nobody else paints on. */
  paint(paint: Paint, document: LayoutDocument, options: SceneOptions): void {
    const { view } = options;
    const scenery = this.scenery(document, options);
    const whole = { x: 0, y: 0, width: paint.canvas.width, height: paint.canvas.height };
    const before = this.before(paint, document, view, scenery);
    const old = before ? changedPart(before, document, view) : whole;
    this.shown = { paint, document, view, scenery };
    const part = old && intersection(old, whole);
    if (!part) return;
    // Tiles of what is out of sight are not worth their memory; while little changes they are left alone.
    const tiles = this.tiles;
    if (!before) [this.tiles, this.pixels] = [new Map(), 0];
    paint.clearRect(part.x, part.y, part.width, part.height);
    const { width, height, color, image } = document.canvas;
    const frame = onDevice({ x: 0, y: 0, width, height }, view);
    const window = intersection(frame, part);
    if (!window) return;
    paint.save();
    paint.beginPath();
    paint.rect(window.x, window.y, window.width, window.height);
    paint.clip();
    paint.fillStyle = color;
    paint.fillRect(window.x, window.y, window.width, window.height);
    if (image) paintPicture(paint, image.url, image.fit ?? "cover", null, frame, scenery);
    for (const object of document.objects) {
      if (object.hidden || object.opacity === 0) continue;
      const box = onDevice(object, view);
      if (intersection(box, window)) this.paintOne(paint, object, box, scenery, tiles.get(object.id));
    }
    paint.restore();
    this.dropTiles(document);
  }

  /** What the paint shows, if it is this document but for some objects; null if all of it has to be painted. */
  private before(paint: Paint, document: LayoutDocument, view: View, scenery: Scenery): LayoutDocument | null {
    const { shown } = this;
    if (!shown || shown.paint !== paint || shown.scenery !== scenery || shown.document.canvas !== document.canvas) return null;
    return shown.view.x === view.x && shown.view.y === view.y ? shown.document : null;
  }

  private paintOne(paint: Paint, object: LayoutObject, box: Box, scenery: Scenery, known: Tiles | undefined): void {
    const looks = this.looksOf(object, scenery);
    const alike = known?.looks === looks ? known.drawn : [];
    let tile = alike.find((one) => one.width === box.width && one.height === box.height);
    const hasRoom = this.pixels + box.width * box.height <= MOST_PIXELS;
    paint.globalAlpha = object.opacity;
    if (!tile && !hasRoom && object.opacity === 1) paintObject(paint, object, box, scenery);
    else {
      // Faded as a whole: what overlaps inside the object must not show through itself.
      tile ??= drawnAlone(object, box, scenery);
      paint.drawImage(tile, box.x, box.y);
    }
    paint.globalAlpha = 1;
    this.keepTiles(object.id, looks, hasRoom && tile && !alike.includes(tile) ? [tile, ...alike] : alike);
  }

  private keepTiles(id: string, looks: string, drawn: readonly HTMLCanvasElement[]): void {
    this.pixels += pixelsOf(drawn) - pixelsOf(this.tiles.get(id)?.drawn ?? []);
    if (drawn.length > 0) this.tiles.set(id, { looks, drawn });
    else this.tiles.delete(id);
  }

  /** Of objects that are no more. */
  private dropTiles({ objects }: LayoutDocument): void {
    if (this.tiles.size <= objects.length) return;
    const there = new Set(objects.map((object) => object.id));
    for (const id of this.tiles.keys()) if (!there.has(id)) this.keepTiles(id, "", []);
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
    return object.kind === "region" ? `${own} ${scale} ${JSON.stringify(seat(object.source.slot))}` : `${own} ${scale}`;
  }
}

function drawnAlone(object: LayoutObject, { width, height }: Box, scenery: Scenery): HTMLCanvasElement {
  const { canvas, paint } = surface(width, height);
  paintObject(paint, object, { x: 0, y: 0, width, height }, scenery);
  return canvas;
}

function pixelsOf(drawn: readonly HTMLCanvasElement[]): number {
  return drawn.reduce((total, { width, height }) => total + width * height, 0);
}

/** The device pixels in which two documents on the same canvas differ; null if in none. */
export function changedPart(before: LayoutDocument, after: LayoutDocument, view: View): Box | null {
  const changed: Box[] = [];
  for (let at = 0; at < Math.max(before.objects.length, after.objects.length); at += 1) {
    const [old, now] = [before.objects[at], after.objects[at]];
    if (old === now) continue;
    for (const one of [old, now]) if (one && !one.hidden) changed.push(onDevice(one, view));
  }
  return union(changed);
}

/** Edges are rounded, not sizes: neighbours stay neighbours at any zoom. */
export function onDevice(box: Box, view: View): Box {
  const x = Math.round(view.x + box.x * view.zoom);
  const y = Math.round(view.y + box.y * view.zoom);
  return { x, y, width: Math.max(1, Math.round(view.x + (box.x + box.width) * view.zoom) - x), height: Math.max(1, Math.round(view.y + (box.y + box.height) * view.zoom) - y) };
}
