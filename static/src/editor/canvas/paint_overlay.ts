/** What lies over the picture: frame, selection, handles, guides. In screen pixels, so that lines stay thin at any zoom. */
import type { Box } from "../document/types.ts";
import type { Editor } from "../editor.ts";
import { union } from "../geometry/rect.ts";
import { handlePoint } from "../geometry/resize.ts";
import { offeredHandles } from "../geometry/hit_test.ts";
import { GRID } from "../tools/select/moving.ts";
import { Group, Line, Rect, Text, type KonvaGroup } from "./konva.ts";

export interface Colors {
  readonly accent: string;
  readonly preview: string;
  readonly guide: string;
}

const HANDLE = 8;

export function paintOverlay(editor: Editor, colors: Colors): KonvaGroup {
  const group = new Group();
  const { zoom, x, y } = editor.view;
  const onScreen = (box: Box): Box => ({ x: Math.round(x + box.x * zoom) + 0.5, y: Math.round(y + box.y * zoom) + 0.5, width: Math.round(box.width * zoom) - 1, height: Math.round(box.height * zoom) - 1 });
  const { canvas, objects } = editor.document;
  const frame = { x: 0, y: 0, width: canvas.width, height: canvas.height };
  const onFrame = onScreen(frame);
  // A draft has a thin green frame, as broadcasters know it.
  group.add(new Rect({ x: onFrame.x - 2, y: onFrame.y - 2, width: onFrame.width + 4, height: onFrame.height + 4, stroke: colors.preview, strokeWidth: 2 }));
  if (editor.grid && GRID * zoom >= 5) paintGrid(group, onFrame, GRID * zoom);
  if (editor.safeAreas) paintSafeAreas(group, frame, onScreen);

  const hovered = objects.find((object) => object.id === editor.hovered);
  if (hovered && !hovered.hidden && !editor.selection.has(hovered.id) && !editor.inGesture) group.add(new Rect({ ...onScreen(hovered), stroke: colors.accent, strokeWidth: 1.5, opacity: 0.8 }));
  const chosen = editor.chosen;
  for (const object of chosen) {
    // White below the accent keeps 3:1 on any picture.
    group.add(new Rect({ ...onScreen(object), stroke: "#FFFFFF", strokeWidth: 3, opacity: 0.7 }));
    group.add(new Rect({ ...onScreen(object), stroke: colors.accent, strokeWidth: 1.5, ...(object.locked || object.hidden ? { dash: [4, 4] } : {}) }));
  }
  const around = union(chosen);
  if (around && !editor.fixed && chosen.every((object) => !object.locked && !object.hidden)) {
    const box = onScreen(around);
    if (chosen.length > 1) group.add(new Rect({ ...box, stroke: colors.accent, strokeWidth: 1, dash: [4, 4] }));
    for (const handle of offeredHandles(box.width, box.height)) {
      const at = handlePoint(box, handle);
      group.add(new Rect({ x: Math.round(at.x - HANDLE / 2), y: Math.round(at.y - HANDLE / 2), width: HANDLE, height: HANDLE, cornerRadius: 2, fill: "#FFFFFF", stroke: colors.accent, strokeWidth: 1.5 }));
    }
  }

  const { guides, marquee, label } = editor.gesture;
  for (const guide of guides) {
    const at = Math.round((guide.axis === "x" ? x : y) + guide.at * zoom) + 0.5;
    const points = guide.axis === "x" ? [at, onFrame.y, at, onFrame.y + onFrame.height] : [onFrame.x, at, onFrame.x + onFrame.width, at];
    group.add(new Line({ points, stroke: colors.guide, strokeWidth: 1.5, ...(guide.center ? { dash: [6, 4] } : {}) }));
  }
  if (marquee) group.add(new Rect({ ...onScreen(marquee), stroke: colors.accent, strokeWidth: 1, fill: colors.accent, opacity: 0.25 }));
  const anchor = marquee ?? around;
  if (label && anchor) paintLabel(group, label, onScreen(anchor));
  return group;
}

function paintLabel(group: KonvaGroup, text: string, box: Box): void {
  const words = new Text({ text, fontSize: 12, fontFamily: "system-ui, sans-serif", fill: "#FFFFFF", padding: 5 });
  const at = { x: box.x + box.width / 2 - words.width() / 2, y: box.y + box.height + 8 };
  group.add(new Rect({ ...at, width: words.width(), height: words.height(), fill: "#182433", cornerRadius: 4 }));
  words.position(at);
  group.add(words);
}

function paintGrid(group: KonvaGroup, frame: Box, step: number): void {
  for (let at = step; at < frame.width; at += step) group.add(new Line({ points: [frame.x + at, frame.y, frame.x + at, frame.y + frame.height], stroke: "#94A3B8", strokeWidth: 1, opacity: 0.25 }));
  for (let at = step; at < frame.height; at += step) group.add(new Line({ points: [frame.x, frame.y + at, frame.x + frame.width, frame.y + at], stroke: "#94A3B8", strokeWidth: 1, opacity: 0.25 }));
}

function paintSafeAreas(group: KonvaGroup, frame: Box, onScreen: (box: Box) => Box): void {
  for (const part of [0.035, 0.05]) {
    const [dx, dy] = [frame.width * part, frame.height * part];
    group.add(new Rect({ ...onScreen({ x: dx, y: dy, width: frame.width - 2 * dx, height: frame.height - 2 * dy }), stroke: "#FFFFFF", strokeWidth: 1, dash: part < 0.04 ? [8, 4] : [3, 3], opacity: 0.8 }));
  }
  // Phone apps cover the bottom fifth of an upright picture with their controls.
  if (frame.height > frame.width) group.add(new Rect({ ...onScreen({ x: 0, y: frame.height * 0.8, width: frame.width, height: frame.height * 0.2 }), fill: "#000000", opacity: 0.25 }));
}
