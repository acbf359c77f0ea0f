/** Mending what a product finds wrong, where the mending is mechanical: the layout becomes what the product would draw anyway. */
import type { Box, LayoutDocument, LayoutObject, Region } from "../document/types.ts";
import { movedInside } from "../geometry/rect.ts";
import { drawnPlace } from "../geometry/drawn.ts";
import { deleteObjects } from "./objects.ts";

export type FixKind = "grow" | "even" | "inside" | "fit" | "opaque" | "square" | "whole" | "solid" | "remove";

/** What of a finding decides how it is mended. */
export interface Broken {
  readonly level: "error" | "changed" | "dropped" | "note";
  readonly code: string;
  readonly object_id: string | null;
}

const KINDS: Readonly<Record<string, FixKind>> = {
  region_too_small: "grow", picture_too_small: "grow",
  snapped: "even",
  clamped: "inside", off_canvas: "inside", overlay_outside: "inside", region_outside: "inside",
  fit_common: "fit", fit_cover_only: "fit", fit_stretch: "fit",
  opacity_ignored: "opaque", region_opaque: "opaque", picture_opaque: "opaque", text_opaque: "opaque",
  corner_radius_ignored: "square", region_square: "square", picture_square: "square", picture_cornered: "square",
  source_crop_ignored: "whole", picture_whole: "whole", picture_uncropped: "whole",
  canvas_opaque: "solid",
};
const NEEDS_DRAWN: ReadonlySet<FixKind> = new Set(["grow", "fit", "solid"]);

/** How a finding can be mended by a click; null if it takes a person's judgement. */
export function fixFor(finding: Broken, document: LayoutDocument, drawn: LayoutDocument | null): FixKind | null {
  const kind = KINDS[finding.code] ?? (finding.level === "dropped" && finding.object_id !== null ? "remove" : null);
  if (kind === null || (NEEDS_DRAWN.has(kind) && drawn === null)) return null;
  if (kind === "solid") return kind;
  const object = document.objects.find((one) => one.id === finding.object_id);
  if (!object || object.locked) return null;
  return apply(kind, object, document, drawn) === document ? null : kind;
}

/** Mends all of them at once; what cannot be mended stays. */
export function fixAll(findings: readonly Broken[], document: LayoutDocument, drawn: LayoutDocument | null): LayoutDocument {
  let mended = document;
  for (const finding of findings) {
    const kind = fixFor(finding, mended, drawn);
    if (kind === "solid" && drawn) mended = { ...mended, canvas: { ...mended.canvas, color: drawn.canvas.color.slice(0, 7) } };
    const object = mended.objects.find((one) => one.id === finding.object_id);
    if (kind && object) mended = apply(kind, object, mended, drawn);
  }
  return mended;
}

function apply(kind: FixKind, object: LayoutObject, document: LayoutDocument, drawn: LayoutDocument | null): LayoutDocument {
  const frame = { x: 0, y: 0, width: document.canvas.width, height: document.canvas.height };
  const shown = drawn?.objects.find((one) => one.id === object.id);
  switch (kind) {
    case "remove":
      return deleteObjects(document, new Set([object.id]));
    case "even":
      return changed(document, object, evenBox(object, frame));
    case "inside": {
      const fitting = { ...boxOf(object), width: Math.min(object.width, frame.width), height: Math.min(object.height, frame.height) };
      return changed(document, object, boxOf(movedInside(fitting, frame)));
    }
    case "grow":
      return shown ? changed(document, object, onCanvas(shown, object, document, drawn?.canvas ?? frame)) : document;
    case "fit":
      return shown && "fit" in shown && "fit" in object ? changed(document, object, { fit: shown.fit }) : document;
    case "opaque":
      return changed(document, object, { opacity: 1 });
    case "square":
      return object.kind === "text" ? document : changed(document, object, { corner_radius: 0 });
    case "whole":
      return object.kind === "text" ? document : changed(document, object, { source_crop: null });
    case "solid":
      return document;
  }
}

type Patch = Partial<Pick<Region, "x" | "y" | "width" | "height" | "fit" | "opacity" | "corner_radius" | "source_crop">>;

function changed(document: LayoutDocument, object: LayoutObject, patch: Patch): LayoutDocument {
  const next = { ...object, ...patch } as LayoutObject;
  const differs = (Object.keys(patch) as (keyof LayoutObject)[]).some((name) => (object[name] ?? null) !== (next[name] ?? null));
  return differs ? { ...document, objects: document.objects.map((one) => (one.id === object.id ? next : one)) } : document;
}

function boxOf({ x, y, width, height }: Box): Box {
  return { x, y, width, height };
}

/** Edges on even pixels, at least two apart, within the canvas. */
function evenBox(box: Box, frame: Box): Box {
  const even = (value: number, most: number): number => Math.max(0, Math.min(Math.floor(most / 2) * 2, Math.round(value / 2) * 2));
  const [left, top] = [even(box.x, frame.width - 2), even(box.y, frame.height - 2)];
  const [right, low] = [Math.max(left + 2, even(box.x + box.width, frame.width)), Math.max(top + 2, even(box.y + box.height, frame.height))];
  return { x: left, y: top, width: right - left, height: low - top };
}

/** Where the product draws it, in whole canvas pixels: never smaller than what it draws. */
function onCanvas(shown: Box, object: Box, document: LayoutDocument, output: { readonly width: number; readonly height: number }): Box {
  const { x, y, scaleX } = drawnPlace(document.canvas, output);
  const width = Math.max(object.width, Math.ceil(shown.width * scaleX));
  const height = Math.max(object.height, Math.ceil(shown.height * scaleX));
  const box = { x: Math.round(x + shown.x * scaleX), y: Math.round(y + shown.y * scaleX), width, height };
  return boxOf(movedInside(box, { x: 0, y: 0, width: document.canvas.width, height: document.canvas.height }));
}
