/** Who stands in for people that are not there yet, drawn as apps/preview/stand_ins.py draws them, and those that are tried out. */
import { shapeOf, type Looks } from "../document/people.ts";
import { drawableText, TEXT_FONT } from "../fonts/chain.ts";
import { mixed, surface, type Paint } from "./surface.ts";

export const PALETTE = ["#4F6BED", "#0F9D8A", "#C2571A", "#8E44AD", "#2E7D32", "#B83280", "#00759A", "#7A5C00", "#C0392B"];
const HEIGHT = 540;
const known = new Map<string, HTMLCanvasElement>();

/** The picture that a seat sends. Drawn once for each color and kind. */
export function standIn(looks: Looks | "screen", color: string, name: string): HTMLCanvasElement {
  const key = looks === "off" ? `off ${name}` : `${looks} ${color}`;
  const there = known.get(key);
  if (there) return there;
  const [across, down] = looks === "screen" || looks === "off" ? [16, 9] : shapeOf(looks);
  const [width, height] = across >= down ? [(HEIGHT * across) / down, HEIGHT] : [HEIGHT, (HEIGHT * down) / across];
  const { canvas, paint } = surface(Math.round(width), Math.round(height));
  if (looks === "off") cameraOff(paint, name);
  else if (looks === "screen" || looks === "wide-screen" || looks === "tall-screen") screen(paint, color);
  else person(paint, color);
  known.set(key, canvas);
  return canvas;
}

/** Head and shoulders before a wall of that color. */
function person(paint: Paint, color: string): void {
  const { width, height } = paint.canvas;
  const wall = paint.createLinearGradient(0, 0, 0, height);
  wall.addColorStop(0, mixed(color, "#FFFFFF", 0.18));
  wall.addColorStop(1, mixed(color, "#000000", 0.38));
  paint.fillStyle = wall;
  paint.fillRect(0, 0, width, height);
  const unit = Math.min(width, height);
  paint.fillStyle = mixed(color, "#FFFFFF", 0.62);
  const head = unit * 0.165;
  paint.beginPath();
  paint.arc(width / 2, height * 0.2 + head, head, 0, 2 * Math.PI);
  paint.fill();
  const shoulders = unit * 0.36;
  paint.beginPath();
  paint.ellipse(width / 2, height * 0.6 + unit * 0.4, shoulders, unit * 0.4, 0, 0, 2 * Math.PI);
  paint.fill();
}

/** A window with a title bar, a list, lines of writing and a chart. */
function screen(paint: Paint, color: string): void {
  const { width, height } = paint.canvas;
  const box = (x: number, y: number, right: number, bottom: number, fill: string, radius = 0): void => {
    paint.fillStyle = fill;
    paint.beginPath();
    paint.roundRect(x, y, right - x + 1, bottom - y + 1, radius);
    paint.fill();
  };
  box(0, 0, width, height, "#F4F6FA");
  box(0, 0, width, 43, "#D9DFEA");
  ["#E5645B", "#E9B949", "#57B55D"].forEach((dot, number) => box(18 + number * 26, 14, 34 + number * 26, 30, dot, 8));
  box(0, 44, 190, height, "#E7EBF3");
  for (let row = 0; row < 7; row += 1) box(22, 76 + row * 46, 160 - (row % 3) * 22, 92 + row * 46, row === 1 ? color : "#C3CCDB", 8);
  box(230, 80, 560, 108, color, 8);
  for (let row = 0; row < 5; row += 1) box(230, 136 + row * 32, 880 - (row % 4) * 90, 150 + row * 32, "#C3CCDB", 7);
  [70, 120, 95, 160, 140, 190].forEach((tall, bar) => box(240 + bar * 105, 510 - tall, 302 + bar * 105, 510, mixed(color, "#FFFFFF", 0.25 + (bar % 2) * 0.3)));
}

/** Dark, with the first letter in a disc, as meeting apps show somebody without a camera. */
function cameraOff(paint: Paint, name: string): void {
  const { width, height } = paint.canvas;
  paint.fillStyle = "#1B222C";
  paint.fillRect(0, 0, width, height);
  paint.fillStyle = "#3D4958";
  paint.beginPath();
  paint.arc(width / 2, height / 2, height * 0.2, 0, 2 * Math.PI);
  paint.fill();
  const letter = [...new Intl.Segmenter().segment(name)][0]?.segment ?? "";
  paint.fillStyle = "#E6EAF0";
  paint.font = `bold ${height * 0.2}px ${TEXT_FONT}`;
  paint.textAlign = "center";
  paint.textBaseline = "middle";
  paint.fillText(drawableText(letter.toUpperCase(), 700), width / 2, height / 2);
}
