/** What is there, in words: for whoever does not see it. */
import type { Aids, UserGuide } from "../document/editor_state.ts";
import type { LayerRow } from "../document/layer_rows.ts";
import { idsOf } from "../document/layer_rows.ts";
import type { Box, Ids, LayoutDocument, LayoutObject } from "../document/types.ts";
import { titleOf, titleOfGroup } from "../state/editor.ts";
import { union } from "../geometry/rect.ts";
import { say, type Key } from "../i18n/strings.ts";

/** Kind, name, position, size, order and states: "Region Host, left 40, top 60, 640 by 360, 3 of 5 from front, locked". */
export function spokenObject(document: LayoutDocument, object: LayoutObject): string {
  const states = (object.locked ? say("isLocked") : "") + (object.hidden ? say("isHidden") : "");
  const place = document.objects.length - document.objects.indexOf(object);
  return say("objectLabel", { kind: say(object.kind), name: titleOf(object), x: object.x, y: object.y, w: object.width, h: object.height, place, n: document.objects.length, states });
}

/** A row of the layer list, with the group it is in. */
export function spokenRow(document: LayoutDocument, aids: Aids, row: LayerRow): string {
  if (row.kind === "group") {
    const every = (flag: "hidden" | "locked"): boolean => row.members.every((object) => object[flag]);
    const states = (every("locked") ? say("allLocked") : "") + (every("hidden") ? say("allHidden") : "");
    return say("layerGroup", { name: titleOfGroup(aids, row.group), n: row.members.length, level: row.level + 1, states });
  }
  const spoken = spokenObject(document, row.object);
  const group = row.path.at(-1);
  return group === undefined ? spoken : say("inGroup", { spoken, name: titleOfGroup(aids, group) });
}

/** "3 objects selected, 2 regions, 1 text"; a group by its name, one object with all that is known of it. */
export function spokenSelection(document: LayoutDocument, aids: Aids, rows: readonly LayerRow[], selection: Ids): string {
  if (selection.size === 0) return say("nothingSelected");
  const row = rows.find((one) => idsOf(one).length === selection.size && idsOf(one).every((id) => selection.has(id)));
  if (row) return spokenRow(document, aids, row);
  const chosen = document.objects.filter((object) => selection.has(object.id));
  const kinds = (["region", "image", "text"] as const).flatMap((kind) => {
    const n = chosen.filter((object) => object.kind === kind).length;
    return n === 0 ? [] : [say(n === 1 ? `one_${kind}` : `many_${kind}`, { n })];
  });
  return [say("selectedMany", { n: chosen.length }), ...kinds].join(say("comma"));
}

export function placeWords(objects: readonly Box[]): string {
  const box = union(objects);
  return box ? say("movedTo", { x: box.x, y: box.y }) : "";
}

export function sizeWords(objects: readonly Box[]): string {
  const box = union(objects);
  return box ? say("resizedTo", { w: box.width, h: box.height }) : "";
}

/** The chosen guide, and what can be done with it. */
export function guideWords({ axis, at }: UserGuide, index: number, n: number): string {
  return say("guideChosen", { axis: axis.toUpperCase(), at, place: index + 1, n });
}

/** "Opacity 50 %": the sign of a field in percent stands behind its number. */
export function changedTo(field: Key, value: string | number): string {
  const [, name = "", percent = ""] = /^(.*?)( %)?$/.exec(say(field)) ?? [];
  return say("fieldBecomes", { field: name, value: `${value}${percent}` });
}
