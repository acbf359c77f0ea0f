/** Draws stand-ins that are not the usual one: away, camera off, upright, sharing a screen, under a difficult name. */
import type { Box, Region } from "../document/types.ts";
import { shapeOf, type Guest } from "../document/people.ts";
import { containedIn } from "../geometry/rect.ts";
import { Circle, Line, Path, Rect, Text, type KonvaGroup } from "./konva.ts";

const PALE = "rgba(255,255,255,0.3)";
const FONT = "'Noto Sans SC', system-ui, sans-serif";
/** An empty seat, as the drawn preview has it. */
const EMPTY = "rgba(15,23,42,0.63)";

export function isUsual(guest: Guest): boolean {
  return guest.present && guest.looks === "camera" && guest.name === "";
}

/** `placeholder` paints the region's own picture for an empty seat; false if it has none to show. */
export function paintGuest(group: KonvaGroup, region: Region, guest: Guest, color: string, placeholder: () => boolean): void {
  const whole = { x: 0, y: 0, width: region.width, height: region.height };
  if (!guest.present) {
    if (!placeholder()) group.add(new Rect({ ...whole, fill: EMPTY }));
  } else if (guest.looks === "off") {
    paintOff(group, whole, guest.name || region.name || region.source.slot);
  } else {
    const [across, down] = shapeOf(guest.looks);
    // What is cropped keeps its middle: the figure is drawn there at the size the whole picture would have.
    const shown = region.fit === "contain" ? containedIn(whole, across, down) : whole;
    group.add(new Rect({ ...shown, fill: color }));
    if (guest.looks === "wide-screen" || guest.looks === "tall-screen") paintScreen(group, shown);
    else paintFigure(group, shown);
  }
  paintName(group, region, guest.name || region.name || region.source.slot);
}

function paintFigure(group: KonvaGroup, box: Box): void {
  const unit = Math.min(box.width, box.height);
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  group.add(new Circle({ x: middle.x, y: middle.y - unit * 0.1, radius: unit * 0.13, fill: PALE }));
  const [half, top, low] = [unit * 0.26, middle.y + unit * 0.08, box.y + box.height];
  group.add(new Path({ data: `M ${middle.x - half} ${low} C ${middle.x - half} ${top} ${middle.x + half} ${top} ${middle.x + half} ${low} Z`, fill: PALE }));
}

function paintScreen(group: KonvaGroup, box: Box): void {
  group.add(new Rect({ ...box, fill: "#F4F6FA" }));
  group.add(new Rect({ x: box.x, y: box.y, width: box.width, height: box.height * 0.08, fill: "#D9DFEA" }));
  for (let line = 0; line < 5; line += 1) {
    const y = box.y + box.height * (0.2 + line * 0.13);
    group.add(new Line({ points: [box.x + box.width * 0.1, y, box.x + box.width * (0.85 - (line % 3) * 0.15), y], stroke: "#C3CCDB", strokeWidth: Math.max(2, box.height * 0.03) }));
  }
}

/** Black with the first letter in a disc, as meeting apps show somebody without a camera. */
function paintOff(group: KonvaGroup, box: Box, name: string): void {
  const unit = Math.min(box.width, box.height);
  group.add(new Rect({ ...box, fill: "#1B222C" }));
  group.add(new Circle({ x: box.x + box.width / 2, y: box.y + box.height / 2, radius: unit * 0.2, fill: "#3D4958" }));
  const letter = [...new Intl.Segmenter().segment(name)][0]?.segment ?? "";
  const size = unit * 0.2;
  group.add(new Text({ x: box.x, y: box.y + box.height / 2 - size / 2, width: box.width, height: size, text: letter.toUpperCase(), align: "center", verticalAlign: "middle", fontSize: size, fontFamily: FONT, fontStyle: "bold", fill: "#E6EAF0" }));
}

function paintName(group: KonvaGroup, { width, height }: Box, name: string): void {
  const size = Math.max(10, Math.min(28, Math.min(width, height) * 0.09));
  const label = new Text({ text: name, fontSize: size, fontFamily: FONT, fontStyle: "bold", fill: "#FFFFFF", wrap: "none", ellipsis: true });
  const room = Math.max(0, Math.min(label.width(), width - size * 1.8));
  label.width(room);
  group.add(new Rect({ x: size * 0.4, y: height - size * 1.9, width: room + size * 0.8, height: size * 1.5, fill: "rgba(0,0,0,0.55)", cornerRadius: size * 0.25 }));
  label.position({ x: size * 0.8, y: height - size * 1.62 });
  group.add(label);
}
