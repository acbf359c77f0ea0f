import type { Handle } from "../../geometry/resize.ts";

export const HANDLE_CURSORS: Record<Handle, string> = { nw: "nwse-resize", se: "nwse-resize", ne: "nesw-resize", sw: "nesw-resize", n: "ns-resize", s: "ns-resize", e: "ew-resize", w: "ew-resize" };
/** Half of what a handle can be caught by, in screen pixels: 14 for a mouse, 26 for a finger. */
export const HANDLE_REACH = { mouse: 7, touch: 13 };
export const GUIDE_CURSORS = { x: "col-resize", y: "row-resize" } as const;
/** Width of the rulers, in screen pixels. */
export const RULER = 20;
