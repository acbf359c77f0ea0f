/** What lies over the picture: frame, selection, handles, crop. In screen pixels, so that lines stay thin at any zoom. */
import { unitOf } from "../document/editor_state.ts";
import { chosenObjects } from "../document/find.ts";
import type { Box } from "../document/types.ts";
import type { Editor } from "../state/editor.ts";
import { offeredHandles } from "../geometry/hit_test.ts";
import { union } from "../geometry/rect.ts";
import { handlePoint } from "../geometry/resize.ts";
import { GRID } from "../tools/targets.ts";
import { paintGuides, paintLabel, paintMarks } from "./paint_guides.ts";
import type { Colors, Paint } from "./surface.ts";

const HANDLE = 8;
/** White below the accent keeps 3:1 on any picture. */
const HALO = "rgb(255 255 255 / 70%)";

export type OnScreen = (box: Box) => Box;

export function screenOf({ zoom, x, y }: Editor["view"]): OnScreen {
  return (box) => {
    const [left, top] = [Math.round(x + box.x * zoom), Math.round(y + box.y * zoom)];
    return { x: left, y: top, width: Math.round(x + (box.x + box.width) * zoom) - left, height: Math.round(y + (box.y + box.height) * zoom) - top };
  };
}

export function outline(paint: Paint, box: Box, color: string, width: number, dash: readonly number[] = []): void {
  paint.strokeStyle = color;
  paint.lineWidth = width;
  paint.setLineDash([...dash]);
  paint.strokeRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1);
  paint.setLineDash([]);
}

export function paintOverlay(paint: Paint, editor: Editor, colors: Colors): void {
  const onScreen = screenOf(editor.view);
  const { canvas } = editor.document;
  const frame = { x: 0, y: 0, width: canvas.width, height: canvas.height };
  const onFrame = onScreen(frame);
  // A draft has a thin green frame, as broadcasters know it.
  outline(paint, { x: onFrame.x - 2, y: onFrame.y - 2, width: onFrame.width + 4, height: onFrame.height + 4 }, colors.preview, 2);
  if (editor.grid && GRID * editor.view.zoom >= 5) paintGrid(paint, onFrame, GRID * editor.view.zoom);
  if (editor.safeAreas) paintSafeAreas(paint, frame, onScreen);
  if (editor.inside) return;
  paintHovered(paint, editor, colors, onScreen);
  paintSelection(paint, editor, colors, onScreen);
}

/** What a drag shows: lines that hold, gaps, the marquee, and the numbers beside the pointer. Over everything, a crop too. */
export function paintGesture(paint: Paint, editor: Editor, colors: Colors): void {
  const onScreen = screenOf(editor.view);
  const { width, height } = editor.document.canvas;
  paintGuides(paint, editor, colors, onScreen({ x: 0, y: 0, width, height }));
  paintMarks(paint, editor, colors);
  const { marquee, label, at } = editor.gesture;
  if (marquee) {
    const box = onScreen(marquee);
    paint.globalAlpha = 0.12;
    paint.fillStyle = colors.accent;
    paint.fillRect(box.x, box.y, box.width, box.height);
    paint.globalAlpha = 1;
    outline(paint, box, colors.accent, 1);
  }
  if (label && at) paintLabel(paint, label, { x: editor.view.x + at.x * editor.view.zoom + 16, y: editor.view.y + at.y * editor.view.zoom + 20 }, colors.accent, "start");
}

function paintHovered(paint: Paint, editor: Editor, colors: Colors, onScreen: OnScreen): void {
  const { hovered, seen: document, aids, entered, selection } = editor;
  if (!hovered || selection.has(hovered) || editor.inGesture) return;
  const unit = new Set(unitOf(document, aids, hovered, entered));
  for (const object of document.objects) if (unit.has(object.id) && !object.hidden) outline(paint, onScreen(object), colors.accent, unit.size > 1 ? 1 : 2);
}

function paintSelection(paint: Paint, editor: Editor, colors: Colors, onScreen: OnScreen): void {
  const chosen = chosenObjects(editor.seen, editor.selection);
  const moving = editor.inGesture && editor.gesture.marquee === null;
  for (const object of chosen) {
    const dash = object.locked || object.hidden ? [4, 4] : [];
    outline(paint, onScreen(object), HALO, 3);
    outline(paint, onScreen(object), colors.accent, object.id === editor.keyObject ? 3 : 1.5, dash);
  }
  if (editor.entered) paintEntered(paint, editor, colors, onScreen);
  const around = union(chosen);
  if (!around || moving || editor.fixed || chosen.some((object) => object.locked || object.hidden)) return;
  const box = onScreen(around);
  if (chosen.length > 1) outline(paint, box, colors.accent, 1, [4, 4]);
  paintHandles(paint, box, colors.accent);
}

function paintEntered(paint: Paint, { seen: document, aids, entered }: Editor, colors: Colors, onScreen: OnScreen): void {
  const box = union(document.objects.filter((object) => entered !== null && (aids.groups[object.id] ?? []).includes(entered)));
  if (box) outline(paint, onScreen({ x: box.x - 2, y: box.y - 2, width: box.width + 4, height: box.height + 4 }), colors.accent, 1, [2, 3]);
}

export function paintHandles(paint: Paint, box: Box, color: string): void {
  for (const handle of offeredHandles(box.width, box.height)) {
    const at = handlePoint(box, handle);
    paint.fillStyle = "#FFFFFF";
    paint.strokeStyle = color;
    paint.lineWidth = 1.5;
    paint.beginPath();
    paint.roundRect(Math.round(at.x - HANDLE / 2), Math.round(at.y - HANDLE / 2), HANDLE, HANDLE, 2);
    paint.fill();
    paint.stroke();
  }
}

function paintGrid(paint: Paint, frame: Box, step: number): void {
  paint.strokeStyle = "rgb(148 163 184 / 25%)";
  paint.lineWidth = 1;
  paint.beginPath();
  for (let at = step; at < frame.width; at += step) {
    paint.moveTo(Math.round(frame.x + at) + 0.5, frame.y);
    paint.lineTo(Math.round(frame.x + at) + 0.5, frame.y + frame.height);
  }
  for (let at = step; at < frame.height; at += step) {
    paint.moveTo(frame.x, Math.round(frame.y + at) + 0.5);
    paint.lineTo(frame.x + frame.width, Math.round(frame.y + at) + 0.5);
  }
  paint.stroke();
}

/** As OBS has them: action 3.5 %, graphics 5 %, marks of the centre; and where phone apps put their controls. */
function paintSafeAreas(paint: Paint, frame: Box, onScreen: OnScreen): void {
  if (frame.height > frame.width) {
    const box = onScreen({ x: 0, y: frame.height * 0.8, width: frame.width, height: frame.height * 0.2 });
    paint.fillStyle = "rgb(0 0 0 / 30%)";
    paint.fillRect(box.x, box.y, box.width, box.height);
  }
  for (const [part, dash] of [[0.035, [8, 4]], [0.05, [3, 3]]] as const) {
    const [dx, dy] = [frame.width * part, frame.height * part];
    const box = onScreen({ x: dx, y: dy, width: frame.width - 2 * dx, height: frame.height - 2 * dy });
    outline(paint, box, "rgb(0 0 0 / 45%)", 3);
    outline(paint, box, "rgb(255 255 255 / 85%)", 1, dash);
  }
  const box = onScreen(frame);
  const [x, y] = [Math.round(box.x + box.width / 2) + 0.5, Math.round(box.y + box.height / 2) + 0.5];
  for (const [color, width] of [["rgb(0 0 0 / 45%)", 3], ["rgb(255 255 255 / 85%)", 1]] as const) {
    paint.strokeStyle = color;
    paint.lineWidth = width;
    paint.beginPath();
    for (const [fromX, fromY, toX, toY] of [[x - 10, y, x + 10, y], [x, y - 10, x, y + 10], [x, box.y, x, box.y + 8], [x, box.y + box.height - 8, x, box.y + box.height], [box.x, y, box.x + 8, y], [box.x + box.width - 8, y, box.x + box.width, y]] as const) {
      paint.moveTo(fromX, fromY);
      paint.lineTo(toX, toY);
    }
    paint.stroke();
  }
}
