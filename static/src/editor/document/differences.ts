/** What differs between two documents, as facts; panels put them into words. */
import type { LayoutDocument, LayoutObject } from "./types.ts";

export type Difference =
  | { readonly kind: "canvas"; readonly what: "size" | "color" | "image"; readonly width: number; readonly height: number; readonly color: string }
  | { readonly kind: "added" | "removed" | "order"; readonly object: LayoutObject | null }
  | { readonly kind: "changed"; readonly object: LayoutObject; readonly before: LayoutObject; readonly fields: readonly string[] };

function alike(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/** From `before` to `after`, the canvas first, then objects back to front. [] where both are the same picture. */
export function differences(before: LayoutDocument, after: LayoutDocument): Difference[] {
  const { width, height, color } = after.canvas;
  const canvas = (what: "size" | "color" | "image"): Difference => ({ kind: "canvas", what, width, height, color });
  const found: Difference[] = [];
  if (before.canvas.width !== width || before.canvas.height !== height) found.push(canvas("size"));
  if (before.canvas.color !== color) found.push(canvas("color"));
  if (!alike(before.canvas.image, after.canvas.image)) found.push(canvas("image"));
  const old = new Map(before.objects.map((object) => [object.id, object]));
  const fresh = new Set(after.objects.map((object) => object.id));
  for (const object of before.objects) if (!fresh.has(object.id)) found.push({ kind: "removed", object });
  for (const object of after.objects) {
    const was = old.get(object.id);
    if (!was) found.push({ kind: "added", object });
    else {
      const names = [...new Set([...Object.keys(was), ...Object.keys(object)])];
      const fields = names.filter((name) => !alike(was[name as keyof LayoutObject], object[name as keyof LayoutObject]));
      if (fields.length > 0) found.push({ kind: "changed", object, before: was, fields });
    }
  }
  const kept = (document: LayoutDocument, other: (id: string) => boolean): string => document.objects.map(({ id }) => id).filter(other).join(" ");
  if (kept(before, (id) => fresh.has(id)) !== kept(after, (id) => old.has(id))) found.push({ kind: "order", object: null });
  return found;
}
