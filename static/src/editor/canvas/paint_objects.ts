/** Draws the document's objects. Reads, never changes. */
import type { Box, Fit, ImageObject, LayoutDocument, LayoutObject, Picture as PictureRef, Region, TextObject } from "../document/types.ts";
import { containedIn, coveringPart } from "../geometry/rect.ts";
import { linesIn } from "../geometry/wrap.ts";
import { Circle, Group, Line, Path, Picture, Rect, Text, type KonvaGroup } from "./konva.ts";
import { guestAt, type People } from "../document/people.ts";
import { isUsual, paintGuest } from "./paint_people.ts";
import type { Pictures } from "./pictures.ts";

export const TEXT_FONT = "'Noto Sans SC', sans-serif";
const LINE_HEIGHT = 1.2;
const STAND_INS = ["#3A5A8C", "#7A4B6E", "#3F7462", "#8A5A3C", "#5B4F8F", "#4A6B7C", "#80683A", "#6E4048", "#456B45"];

export function paintCanvas(document: LayoutDocument, pictures: Pictures, people: People): KonvaGroup {
  const { width, height, color, image } = document.canvas;
  const group = new Group({ clip: { x: 0, y: 0, width, height } });
  group.add(new Rect({ width, height, fill: color }));
  if (image) paintPicture(group, image, { x: 0, y: 0, width, height }, image.fit ?? "cover", pictures);
  const slots = [...new Set(document.objects.flatMap((object) => (object.kind === "region" ? [object.source.slot] : [])))];
  for (const object of document.objects) if (!object.hidden) group.add(paintObject(object, slots, pictures, people));
  return group;
}

function paintObject(object: LayoutObject, slots: readonly string[], pictures: Pictures, people: People): KonvaGroup {
  const { x, y, width, height, opacity } = object;
  const group = new Group({ x, y, opacity });
  const radius = object.kind === "text" ? 0 : Math.min(object.corner_radius, width / 2, height / 2);
  if (radius > 0) group.clipFunc((context) => context.roundRect(0, 0, width, height, radius));
  else group.clip({ x: 0, y: 0, width, height });
  if (object.kind === "region") {
    const seat = slots.indexOf(object.source.slot);
    const color = STAND_INS[seat % STAND_INS.length] ?? "#3A5A8C";
    const guest = guestAt(seat, people);
    const { placeholder } = object;
    const away = (): boolean => !!placeholder && paintPicture(group, placeholder, { x: 0, y: 0, width, height }, placeholder.fit ?? "cover", pictures);
    if (isUsual(guest)) paintRegion(group, object, color);
    else paintGuest(group, object, guest, color, away);
  } else if (object.kind === "image") paintImage(group, object, pictures);
  else paintText(group, object);
  return group;
}

/** A stand-in for a person or a screen, with the region's name and slot. Its picture is 16:9, so that "contain" shows what it leaves open. */
function paintRegion(group: KonvaGroup, { width, height, fit, name, source }: Region, color: string): void {
  const whole = { x: 0, y: 0, width, height };
  const shown = fit === "contain" ? containedIn(whole, 16, 9) : whole;
  if (fit === "contain") group.add(new Rect({ x: 0.5, y: 0.5, width: width - 1, height: height - 1, stroke: "#FFFFFF", opacity: 0.35, dash: [6, 6] }));
  group.add(new Rect({ ...shown, fill: color }));
  const unit = Math.min(shown.width, shown.height);
  const middle = { x: shown.x + shown.width / 2, y: shown.y + shown.height / 2 };
  const pale = "rgba(255,255,255,0.28)";
  if (source.stream === "screen") {
    const [w, h] = [unit * 0.5, unit * 0.3];
    group.add(new Rect({ x: middle.x - w / 2, y: middle.y - h * 0.6, width: w, height: h, cornerRadius: unit * 0.02, stroke: pale, strokeWidth: Math.max(2, unit * 0.02) }));
    group.add(new Line({ points: [middle.x - w * 0.25, middle.y + h * 0.62, middle.x + w * 0.25, middle.y + h * 0.62], stroke: pale, strokeWidth: Math.max(2, unit * 0.02) }));
  } else {
    group.add(new Circle({ x: middle.x, y: middle.y - unit * 0.1, radius: unit * 0.13, fill: pale }));
    const [w, top, low] = [unit * 0.26, middle.y + unit * 0.08, shown.y + shown.height];
    group.add(new Path({ data: `M ${middle.x - w} ${low} C ${middle.x - w} ${top} ${middle.x + w} ${top} ${middle.x + w} ${low} Z`, fill: pale }));
  }
  const size = Math.max(10, Math.min(28, unit * 0.09));
  const words = name && name.toLowerCase() !== source.slot ? `${name} · ${source.slot}` : name || source.slot;
  const label = new Text({ text: words, fontSize: size, fontFamily: TEXT_FONT, fontStyle: "bold", fill: "#FFFFFF", wrap: "none", ellipsis: true });
  const room = Math.max(0, Math.min(label.width(), width - size));
  label.width(room);
  group.add(new Rect({ x: size * 0.4, y: height - size * 1.9, width: room + size * 0.8, height: size * 1.5, fill: "rgba(0,0,0,0.55)", cornerRadius: size * 0.25 }));
  label.position({ x: size * 0.8, y: height - size * 1.62 });
  group.add(label);
}

function paintImage(group: KonvaGroup, { width, height, url, fit, name }: ImageObject, pictures: Pictures): void {
  const box = { x: 0, y: 0, width, height };
  if (paintPicture(group, { url }, box, fit, pictures)) return;
  group.add(new Rect({ ...box, fill: "rgba(148,163,184,0.25)", stroke: "#94A3B8", dash: [6, 4] }));
  group.add(new Text({ ...box, text: name || url, fontSize: Math.max(10, Math.min(16, height / 3)), fontFamily: TEXT_FONT, fill: "#CBD5E1", align: "center", verticalAlign: "middle", wrap: "none", ellipsis: true }));
}

/** False while there is no picture to draw. */
function paintPicture(group: KonvaGroup, { url }: PictureRef, box: Box, fit: Fit, pictures: Pictures): boolean {
  const picture = pictures.get(url);
  if (picture.state !== "ready") return false;
  const { image } = picture;
  const [w, h] = [image.naturalWidth || box.width, image.naturalHeight || box.height];
  if (fit === "contain") group.add(new Picture({ image, ...containedIn(box, w, h) }));
  else if (fit === "stretch") group.add(new Picture({ image, ...box }));
  else group.add(new Picture({ image, ...box, crop: coveringPart(box, w, h) }));
  return true;
}

const ruler = globalThis.document?.createElement("canvas").getContext("2d") ?? null;

function paintText(group: KonvaGroup, object: TextObject): void {
  const { width, height, text, size, weight, color, background, align } = object;
  if (background) group.add(new Rect({ width, height, fill: background }));
  const fontStyle = weight >= 600 ? "bold" : "normal";
  if (ruler) ruler.font = `${fontStyle} ${size}px ${TEXT_FONT}`;
  const lines = linesIn(text, width, height, size * LINE_HEIGHT, (part) => ruler?.measureText(part).width ?? 0);
  lines.forEach((line, index) => {
    const y = (height - size * LINE_HEIGHT * lines.length) / 2 + index * size * LINE_HEIGHT;
    group.add(new Text({ y, width, text: line, fontSize: size, fontFamily: TEXT_FONT, fontStyle, fill: color, align, lineHeight: LINE_HEIGHT, wrap: "none" }));
  });
}
