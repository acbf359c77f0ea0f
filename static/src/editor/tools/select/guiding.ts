import { addGuide, moveGuide } from "../../commands/editor_state.ts";
import { frameOf } from "../../commands/boxes.ts";
import type { Editor } from "../../state/editor.ts";
import { high, low, type Axis } from "../../geometry/rect.ts";
import { snapPoint } from "../../geometry/snap.ts";
import { say } from "../../i18n/strings.ts";
import { reach, snaps, targetsFor } from "../targets.ts";
import type { Pointer, State, Surroundings } from "../tool.ts";
import { GUIDE_CURSORS, RULER } from "./cursors.ts";

const CATCH = 4;

/** The guide that a press on a ruler would draw out: the ruler at the left gives vertical ones (axis x). */
export function rulerUnder(editor: Editor, { screen }: Pointer): Axis | null {
  if (!editor.rulers || editor.fixed) return null;
  if (screen.y >= 0 && screen.y < RULER && screen.x > RULER) return "y";
  return screen.x >= 0 && screen.x < RULER && screen.y > RULER ? "x" : null;
}

export function guideUnder(editor: Editor, { at, touch }: Pointer): { readonly axis: Axis; readonly index: number } | null {
  if (!editor.rulers || editor.fixed) return null;
  const near = (touch ? 3 * CATCH : CATCH) / editor.view.zoom;
  const index = editor.aids.guides.findLastIndex((guide) => Math.abs(at[guide.axis] - guide.at) <= near);
  const guide = editor.aids.guides[index];
  return guide ? { axis: guide.axis, index } : null;
}

/** Drags a guide, new from a ruler or one that is there; back into the ruler takes it away. */
export function guiding(around: Surroundings, start: Pointer, { axis, index }: { readonly axis: Axis; readonly index: number | null }): State {
  const { editor } = around;
  const { document, aids } = editor;
  const place = index ?? aids.guides.length;
  let at: number | null = null;
  return {
    name: "guiding",
    cursor: GUIDE_CURSORS[axis],
    dragging: true,
    move(pointer) {
      const targets = { ...targetsFor(editor, document, new Set()), guides: [] };
      const snapped = snaps(editor, pointer) ? snapPoint(pointer.at, targets, reach(editor)) : { dx: 0, dy: 0 };
      const wanted = Math.round(pointer.at[axis] + (axis === "x" ? snapped.dx : snapped.dy));
      const frame = frameOf(document);
      const gone = pointer.screen[axis] < RULER || wanted < low(frame, axis) || wanted > high(frame, axis);
      at = gone ? null : wanted;
      const next = index === null ? (at === null ? aids : addGuide(aids, { axis, at })) : moveGuide(aids, place, at);
      editor.showGesture(document, { label: at === null ? null : `${axis.toUpperCase()} ${at}`, at: pointer.at }, next);
    },
    release(pointer) {
      if (pointer.screen.x !== start.screen.x || pointer.screen.y !== start.screen.y) {
        editor.endGesture(at === null ? say("guideGone") : say("guideMoved", { at }));
        editor.chooseGuide(at === null ? null : place);
      } else {
        editor.cancelGesture();
        if (index !== null) editor.chooseGuide(index);
      }
      return "idle";
    },
    cancel() {
      editor.cancelGesture();
      return "idle";
    },
  };
}
