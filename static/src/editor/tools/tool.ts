import type { Editor } from "../state/editor.ts";
import type { Point } from "../geometry/rect.ts";
import type { Size } from "../geometry/view.ts";

export type ToolName = "select" | "pan" | "region" | "text";

/** A pointer event in both worlds. */
export interface Pointer {
  /** On the canvas, in its pixels (not rounded). */
  readonly at: Point;
  /** On the stage, in screen pixels. */
  readonly screen: Point;
  readonly shift: boolean;
  readonly alt: boolean;
  /** Ctrl, or Cmd on macOS. */
  readonly ctrl: boolean;
  readonly touch: boolean;
  /** The space bar is held: a resize moves the box instead. */
  readonly space?: boolean;
}

/** What follows an event: another state, "idle" for the first state of the select tool, or nothing to stay. */
export type Next = State | "idle" | void;

/** One state of the chart. */
export interface State {
  readonly name: string;
  readonly cursor?: string;
  /** Something is being dragged: the view scrolls at its edges, and changed modifier keys count at once. */
  readonly dragging?: boolean;
  press?(pointer: Pointer): Next;
  move?(pointer: Pointer): Next;
  release?(pointer: Pointer): Next;
  doublePress?(pointer: Pointer): Next;
  /** Esc, or the pointer was taken away: back to how it was. */
  cancel?(): Next;
}

/** What states may use besides the editor. */
export interface Surroundings {
  readonly editor: Editor;
  /** Back to the select tool after one use, unless the tool is kept. */
  readonly toolUsed: () => void;
  readonly setCursor: (cursor: string) => void;
  /** Opens a group, a text or a crop. */
  readonly openObject: (id: string) => void;
  /** The size of a picture in its own pixels; null until it has been loaded. */
  readonly pictureSize: (url: string) => Size | null;
}

const DRAG_FROM = { mouse: 4, touch: 6 };

/** A press becomes a drag after a few screen pixels; until then it is a click. */
export function isDrag(start: Pointer, now: Pointer): boolean {
  const far = Math.hypot(now.screen.x - start.screen.x, now.screen.y - start.screen.y);
  return far >= (now.touch ? DRAG_FROM.touch : DRAG_FROM.mouse);
}
