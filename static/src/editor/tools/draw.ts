import { frameOf } from "../commands/boxes.ts";
import { addObject, isFull, newRegion, newText } from "../commands/objects.ts";
import type { Box } from "../document/types.ts";
import { between, clamp, movedInside, rounded, type Point } from "../geometry/rect.ts";
import { snapEdges } from "../geometry/snap.ts";
import { say } from "../strings.ts";
import { SNAP_REACH } from "./select/moving.ts";
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
  const frame = frameOf(editor.document);
  let start: Pointer | null = null;
  let from: Point = { x: 0, y: 0 };

  function inside(point: Point): Point {
    return { x: clamp(point.x, 0, frame.width), y: clamp(point.y, 0, frame.height) };
  }

  function snap(pointer: Pointer): { point: Point; guides: ReturnType<typeof snapEdges>["guides"] } {
    const at = inside(pointer.at);
    if (editor.snapping === pointer.ctrl) return { point: at, guides: [] };
    const snapped = snapEdges(at, frame, editor.document.objects.filter((object) => !object.hidden), SNAP_REACH / editor.view.zoom);
    return { point: { x: at.x + snapped.dx, y: at.y + snapped.dy }, guides: snapped.guides };
  }

  function add(box: Box): void {
    if (isFull(editor.document)) {
      editor.announce(say("full"));
      return;
    }
    const object = kind === "region" ? newRegion(editor.document, box) : newText(editor.document, box, say("newText"));
    const { document, selection } = addObject(editor.document, object);
    editor.apply(say("add", { name: object.name || say(kind) }), document, { selection });
    if (kind === "text") around.openObject(object.id);
  }

  return {
    name: `draw ${kind}`,
    cursor: "crosshair",
    press(pointer) {
      start = pointer;
      from = snap(pointer).point;
    },
    move(pointer) {
      if (!start || !isDrag(start, pointer)) return;
      const { point, guides } = snap(pointer);
      const box = rounded(between(from, point));
      editor.showGesture(editor.document, { marquee: box, guides, label: `${box.width} × ${box.height}` });
    },
    release(pointer) {
      if (!start) return;
      const drawn = isDrag(start, pointer) ? rounded(between(from, snap(pointer).point)) : null;
      start = null;
      editor.cancelGesture();
      add(drawn && drawn.width >= SMALLEST_DRAWN && drawn.height >= SMALLEST_DRAWN ? drawn : usualBox(frame, kind, inside(pointer.at)));
      around.toolUsed();
    },
    cancel() {
      start = null;
      editor.cancelGesture();
      around.toolUsed();
    },
  };
}
