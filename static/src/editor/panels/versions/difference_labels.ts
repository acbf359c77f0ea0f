/** Differences between two documents, a sentence each. */
import { differences, type Difference } from "../../document/differences.ts";
import type { LayoutDocument, LayoutObject } from "../../document/types.ts";
import { titleOf } from "../../state/editor.ts";
import { say, type Key } from "../../i18n/strings.ts";

const FIELDS: Readonly<Record<string, Key>> = { fit: "fit", opacity: "opacityShare", corner_radius: "radius", source_crop: "sourceCrop", placeholder: "placeholder", url: "pictureUrl", size: "size", weight: "weight", color: "color", background: "background", align: "alignText", font: "fontName", attached_to: "attached" };

export function differenceWords(before: LayoutDocument, after: LayoutDocument): string[] {
  return differences(before, after).map(sentence);
}

function sentence(one: Difference): string {
  switch (one.kind) {
    case "canvas":
      return one.what === "size" ? say("canvasBecomes", { w: one.width, h: one.height }) : one.what === "color" ? say("colorBecomes", { color: one.color }) : say("imageChanges");
    case "added":
      return say("comes", { name: one.object ? titleOf(one.object) : "" });
    case "removed":
      return say("goes", { name: one.object ? titleOf(one.object) : "" });
    case "order":
      return say("orderChanges");
    case "changed":
      return say("changes", { name: titleOf(one.before), what: changesOf(one.before, one.object, new Set(one.fields)).join(say("comma")) });
  }
}

function changesOf(before: LayoutObject, after: LayoutObject, fields: ReadonlySet<string>): string[] {
  const said: string[] = [];
  if (fields.has("x") || fields.has("y")) said.push(say("movesTo", { x: after.x, y: after.y }));
  if (fields.has("width") || fields.has("height")) said.push(say("becomesSize", { w: after.width, h: after.height }));
  if (fields.has("text") && after.kind === "text") said.push(say("says", { text: after.text.slice(0, 60) }));
  if (fields.has("source") && after.kind === "region") said.push(say("seat", { slot: after.source.stream === "screen" ? `${after.source.slot} (${say("screen")})` : after.source.slot }));
  if (fields.has("hidden")) said.push(say(after.hidden ? "isNowHidden" : "shownAgain"));
  if (fields.has("locked")) said.push(say(after.locked ? "lockedNow" : "unlockedNow"));
  if (fields.has("name")) said.push(say("renamed", { name: after.name || titleOf(before) }));
  for (const [field, key] of Object.entries(FIELDS)) {
    if (!fields.has(field)) continue;
    const value: unknown = (after as unknown as Record<string, unknown>)[field];
    said.push(say("fieldBecomes", { field: say(key), value: typeof value === "number" && field === "opacity" ? `${Math.round(value * 100)} %` : typeof value === "string" || typeof value === "number" ? value : "" }).trim());
  }
  return said;
}
