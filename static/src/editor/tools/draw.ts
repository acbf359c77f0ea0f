import { frameOf } from "../commands/boxes.ts";
import { addObject, isFull, newRegion, newText } from "../commands/objects.ts";
import type { Box } from "../document/types.ts";
import { scaledWith } from "../geometry/resize.ts";
import { between, clamp, movedInside, rounded, type Point } from "../geometry/rect.ts";
import { NOT_SNAPPED, snapPoint, type Snapped } from "../geometry/snap.ts";
import { say } from "../i18n/strings.ts";
import { reach, snaps, targetsFor } from "./targets.ts";
import { isDrag, type Pointer, type State, type Surroundings } from "./tool.ts";

const SMALLEST_DRAWN = 8;

/** The box of an object that is added without drawing it: a third of the canvas, as wide as the picture is. */
export function usualBox(canvas: Box, kind: "region" | "text", center: Point): Box {
  const scale = kind === "region" ? 0.4 : 0.5;
  const width = Math.round(canvas.width * scale);
  const height = kind === "region" ? Math.round(canvas.height * scale) : Math.max(24, Math.round(Math.min(canvas.width, canvas.height) * 0.08));
  return movedInside({ x: Math.round(center.x - width / 2), y: Math.round(center.y - height / 2), width, height }, canvas);
}

/** Draws a region or a text: drag its box, or click for the usual size. */
export function draw(around: Surroundings, kind: "region" | "text"): State {
  const { editor } = around;
  let start: Pointer | null = null;
  let from: Point = { x: 0, y: 0 };

  function inside(point: Point): Point {
    return { x: clamp(point.x, 0, editor.document.canvas.width), y: clamp(point.y, 0, editor.document.canvas.height) };
  }

  function snap(pointer: Pointer): { point: Point; snapped: Snapped } {
    const at = inside(pointer.at);
    const snapped = snaps(editor, pointer) ? snapPoint(at, targetsFor(editor, editor.document, new Set()), reach(editor)) : NOT_SNAPPED;
    return { point: inside({ x: at.x + snapped.dx, y: at.y + snapped.dy }), snapped };
  }

  /** Shift draws a square, Alt from the middle. */
  function boxTo(pointer: Pointer, point: Point): Box {
    let [dx, dy] = [point.x - from.x, point.y - from.y];
    if (pointer.shift) [dx, dy] = [Math.sign(dx) * Math.min(Math.abs(dx), Math.abs(dy)), Math.sign(dy) * Math.min(Math.abs(dx), Math.abs(dy))];
    return rounded(between(pointer.alt ? inside({ x: from.x - dx, y: from.y - dy }) : from, { x: from.x + dx, y: from.y + dy }));
  }

  /** Large enough, and on the pixels that the product can say. */
  function allowed(box: Box): Box {
    const { smallest, step } = editor.limits;
    const frame = frameOf(editor.document);
    const large = movedInside({ ...box, width: Math.max(box.width, Math.min(frame.width, smallest.width)), height: Math.max(box.height, Math.min(frame.height, smallest.height)) }, frame);
    return scaledWith(large, large, large, step);
  }

  function add(box: Box): void {
    if (isFull(editor.document)) {
      editor.announce(say("full"));
      return;
    }
    const object = kind === "region" ? newRegion(editor.document, allowed(box)) : newText(editor.document, box, say("newText"));
    const { document, selection } = addObject(editor.document, object);
    editor.apply(say("add", { name: object.name || say(kind) }), document, { selection });
    if (kind === "text") around.openObject(object.id);
  }

  return {
    name: `draw ${kind}`,
    cursor: "crosshair",
    get dragging() {
      return start !== null;
    },
    press(pointer) {
      start = pointer;
      from = snap(pointer).point;
    },
    move(pointer) {
      if (!start || !isDrag(start, pointer)) return;
      const { point, snapped } = snap(pointer);
      const box = boxTo(pointer, point);
      editor.showGesture(editor.document, { marquee: box, guides: snapped.guides, marks: snapped.marks, label: `${box.width} × ${box.height}`, at: pointer.at });
    },
    release(pointer) {
      if (!start) return;
      const drawn = isDrag(start, pointer) ? boxTo(pointer, snap(pointer).point) : null;
      start = null;
      editor.cancelGesture();
      add(drawn && drawn.width >= SMALLEST_DRAWN && drawn.height >= SMALLEST_DRAWN ? drawn : usualBox(frameOf(editor.document), kind, inside(pointer.at)));
      around.toolUsed();
    },
    cancel() {
      start = null;
      editor.cancelGesture();
      around.toolUsed();
    },
  };
}
