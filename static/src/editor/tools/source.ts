import type { LayoutObject } from "../document/types.ts";
import type { Size } from "../geometry/view.ts";

/** What cameras and shared screens send, as the stand-ins have it. */
export const STAND_IN: Size = { width: 960, height: 540 };

/** The size of what an object shows, in its own pixels; null if it shows no picture or it has not come yet. */
export function sourceSize(object: LayoutObject | undefined, pictureSize: (url: string) => Size | null): Size | null {
  if (!object || object.kind === "text") return null;
  return object.kind === "region" ? STAND_IN : pictureSize(object.url);
}
