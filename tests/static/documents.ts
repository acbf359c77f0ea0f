import { parseDocument } from "../../static/src/editor/document/parse.ts";
import type { LayoutDocument, LayoutObject } from "../../static/src/editor/document/types.ts";

export function region(id: string, x: number, y: number, width: number, height: number, more: object = {}): LayoutObject {
  return { kind: "region", id, x, y, width, height, source: { slot: id, stream: "camera" }, ...more } as LayoutObject;
}

export function text(id: string, x: number, y: number, width: number, height: number, more: object = {}): LayoutObject {
  return { kind: "text", id, x, y, width, height, text: "Hello", ...more } as LayoutObject;
}

export function documentOf(...objects: LayoutObject[]): LayoutDocument {
  return parseDocument({ schema: "quadbox.layout/1", canvas: { width: 1280, height: 720, color: "#000000" }, objects });
}

export const ids = (...names: string[]): ReadonlySet<string> => new Set(names);

export function boxOf(document: LayoutDocument, id: string): number[] {
  const object = document.objects.find((one) => one.id === id);
  return object ? [object.x, object.y, object.width, object.height] : [];
}

export const order = (document: LayoutDocument): string => document.objects.map((object) => object.id).join(" ");
