import type { Box } from "../document/types.ts";
import type { Mark } from "../geometry/gaps.ts";
import type { Point } from "../geometry/rect.ts";
import type { Guide } from "../geometry/snap.ts";

/** What a gesture shows while it lasts. */
export interface Gesture {
  readonly guides: readonly Guide[];
  /** Equal gaps and sizes, and distances. */
  readonly marks: readonly Mark[];
  readonly marquee: Box | null;
  /** "640 × 360", beside the pointer. */
  readonly label: string | null;
  /** Where the pointer is, in canvas pixels. */
  readonly at: Point | null;
}

export const NO_GESTURE: Gesture = { guides: [], marks: [], marquee: null, label: null, at: null };
