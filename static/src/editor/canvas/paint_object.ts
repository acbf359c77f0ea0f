/** Draws one object into a box of device pixels, by the rules of apps/preview/paint.py. Reads, never changes. */
import type { Guest } from "../document/people.ts";
import type { Box, Fit, ImageObject, LayoutObject, Region, TextObject } from "../document/types.ts";
import { drawableText } from "../fonts/chain.ts";
import { containedIn, coveringPart } from "../geometry/rect.ts";
import { linesIn, onOneLine } from "../geometry/wrap.ts";
import { fontOf, LINE_HEIGHT, linesOf, paintLines, widthOf } from "./paint_text.ts";
import type { Pictures } from "./pictures.ts";
import { standIn } from "./stand_ins.ts";
import type { Paint } from "./surface.ts";

/** What painting an object takes besides the object. */
export interface Scenery {
  readonly pictures: Pictures;
  readonly variables: Readonly<Record<string, string>>;
  /** Device pixels per canvas pixel. */
  readonly scale: number;
  /** Who sits in a slot, and the seat's color. */
  readonly seat: (slot: string) => { readonly guest: Guest; readonly color: string };
  /** The text that is being written: its letters are the text field's. */
  readonly writing: string | null;
}

type Drawable = HTMLImageElement | HTMLCanvasElement;

const WHOLE = { x: 0, y: 0, width: 1, height: 1 };
const HATCH = 14;

/** The whole object in `box`, with its round corners, without its opacity. */
export function paintObject(paint: Paint, object: LayoutObject, box: Box, scenery: Scenery): void {
  paint.save();
  paint.beginPath();
  const radius = object.kind === "text" ? 0 : Math.min(Math.round(object.corner_radius * scenery.scale), Math.floor(box.width / 2), Math.floor(box.height / 2));
  if (radius > 0) paint.roundRect(box.x, box.y, box.width, box.height, radius);
  else paint.rect(box.x, box.y, box.width, box.height);
  paint.clip();
  if (object.kind === "region") paintRegion(paint, object, box, scenery);
  else if (object.kind === "image") paintImage(paint, object, box, scenery);
  else paintText(paint, object, box, scenery);
  paint.restore();
}

/** The picture of an object that shows one, uncut; null while there is none. */
export function sourceOf(object: LayoutObject, { seat, pictures }: Scenery): Drawable | null {
  if (object.kind === "text") return null;
  if (object.kind === "image") {
    const picture = pictures.get(object.url);
    return picture.state === "ready" ? picture.image : null;
  }
  const { guest, color } = seat(object.source.slot);
  const looks = guest.looks === "camera" && object.source.stream === "screen" ? "screen" : guest.looks;
  return standIn(looks, color, guest.name || object.name || object.source.slot);
}

function paintRegion(paint: Paint, region: Region, box: Box, scenery: Scenery): void {
  const { guest } = scenery.seat(region.source.slot);
  const { placeholder } = region;
  if (!guest.present) {
    if (placeholder) paintPicture(paint, placeholder.url, placeholder.fit ?? "cover", null, box, scenery);
    else {
      paint.fillStyle = "rgb(15 23 42 / 62.7%)";
      paint.fillRect(box.x, box.y, box.width, box.height);
    }
  } else {
    const source = sourceOf(region, scenery);
    if (source) fitInto(paint, source, box, region.fit, region.source_crop ?? null);
  }
  paintName(paint, guest.name || region.name || region.source.slot, box, scenery.scale);
}

/** A name at the bottom left, where the region is large enough to read it. */
function paintName(paint: Paint, name: string, box: Box, scale: number): void {
  const size = Math.round(Math.min(28 * Math.max(scale, 0.5), box.height * 0.09));
  if (size < 10 || box.width < size * 4) return;
  const font = fontOf(size, 700);
  const shown = onOneLine(drawableText(name, 700), box.width - size * 2, (part) => widthOf(part, font));
  const height = Math.round(size * 1.6);
  const pill = { x: box.x + Math.floor(size / 2), y: box.y + box.height - Math.floor(size / 2) - height, width: Math.round(widthOf(shown, font)) + size, height };
  paint.fillStyle = "rgb(0 0 0 / 54.9%)";
  paint.beginPath();
  paint.roundRect(pill.x, pill.y, pill.width, pill.height, Math.floor(size / 3));
  paint.fill();
  paintLines(paint, [shown], pill, { size, weight: 700, color: "#FFFFFF", align: "center" });
}

function paintImage(paint: Paint, { url, fit, source_crop: crop }: ImageObject, box: Box, scenery: Scenery): void {
  paintPicture(paint, url, fit, crop ?? null, box, scenery);
}

function paintPicture(paint: Paint, url: string, fit: Fit, crop: Box | null, box: Box, { pictures, scale }: Scenery): void {
  const picture = pictures.get(url);
  if (picture.state === "ready") fitInto(paint, picture.image, box, fit, crop);
  else if (picture.state === "failed") paintMissing(paint, url, box, scale);
}

export { paintPicture };

/** Which part of a picture goes where: the crop first, then cover, contain or stretch. */
function fitInto(paint: Paint, source: Drawable, box: Box, fit: Fit, crop: Box | null): void {
  const [width, height] = source instanceof HTMLImageElement ? [source.naturalWidth || box.width, source.naturalHeight || box.height] : [source.width, source.height];
  const part = crop ?? WHOLE;
  let from: Box = { x: part.x * width, y: part.y * height, width: part.width * width, height: part.height * height };
  let to = box;
  if (fit === "cover") {
    const seen = coveringPart(box, from.width, from.height);
    from = { x: from.x + seen.x, y: from.y + seen.y, width: seen.width, height: seen.height };
  } else if (fit === "contain") {
    const inner = containedIn(box, from.width, from.height);
    const [w, h] = [Math.min(box.width, Math.max(1, Math.round(inner.width))), Math.min(box.height, Math.max(1, Math.round(inner.height)))];
    to = { x: box.x + Math.floor((box.width - w) / 2), y: box.y + Math.floor((box.height - h) / 2), width: w, height: h };
  }
  paint.imageSmoothingEnabled = true;
  paint.imageSmoothingQuality = "high";
  paint.drawImage(source, from.x, from.y, from.width, from.height, to.x, to.y, to.width, to.height);
}

/** Stripes that say that a picture is not there. */
function paintMissing(paint: Paint, url: string, box: Box, scale: number): void {
  paint.fillStyle = "rgb(148 163 184 / 27.5%)";
  paint.fillRect(box.x, box.y, box.width, box.height);
  paint.strokeStyle = "rgb(148 163 184 / 58.8%)";
  paint.lineWidth = 2;
  for (let start = -HATCH; start < box.width + box.height; start += HATCH) {
    paint.beginPath();
    paint.moveTo(box.x + start, box.y);
    paint.lineTo(box.x + start - box.height, box.y + box.height);
    paint.stroke();
  }
  paint.strokeStyle = "rgb(148 163 184)";
  paint.strokeRect(box.x + 1, box.y + 1, box.width - 2, box.height - 2);
  const size = Math.round(Math.min(22 * scale, box.height / 3));
  if (size < 7) return;
  const font = fontOf(size, 700);
  const reason = `Picture missing\n${url.length <= 24 ? url : `${url.slice(0, 23)}…`}`;
  paintLines(paint, linesIn(drawableText(reason, 700), box.width, box.height, size * LINE_HEIGHT, (part) => widthOf(part, font)), box, { size, weight: 700, color: "#334155", align: "center" });
}

function paintText(paint: Paint, text: TextObject, box: Box, { scale, variables, writing }: Scenery): void {
  if (text.background) {
    paint.fillStyle = text.background;
    paint.fillRect(box.x, box.y, box.width, box.height);
  }
  // Broken into lines at the size it will have on air, whatever the zoom.
  if (text.id !== writing) paintLines(paint, linesOf(text, variables), box, { ...text, size: text.size * scale });
}
