import { SCHEMA, type LayoutDocument, type LayoutObject } from "./types.ts";

const COMMON = { name: "", opacity: 1, hidden: false, locked: false };
const DEFAULTS = {
  region: { ...COMMON, fit: "cover", corner_radius: 0, source_crop: null, placeholder: null },
  image: { ...COMMON, fit: "contain", corner_radius: 0, source_crop: null, attached_to: null },
  text: { ...COMMON, font: "noto-sans-sc", size: 32, weight: 400, color: "#FFFFFF", background: null, align: "left", attached_to: null },
} as const;

/** Fills in what a stored document may leave out. The server has judged it already; an unknown kind is an error of ours. */
export function parseDocument(value: LayoutDocument): LayoutDocument {
  return {
    ...value,
    schema: SCHEMA,
    canvas: { ...value.canvas, color: value.canvas.color ?? "#000000", image: value.canvas.image ?? null },
    objects: value.objects.map(withDefaults),
  };
}

function withDefaults(object: LayoutObject): LayoutObject {
  if (!(object.kind in DEFAULTS)) throw new Error(`Unknown kind of object: ${String(object.kind)}`);
  const whole = { ...DEFAULTS[object.kind], ...object } as LayoutObject;
  return whole.kind === "region" ? { ...whole, source: { ...whole.source, stream: whole.source.stream ?? "camera" } } : whole;
}
