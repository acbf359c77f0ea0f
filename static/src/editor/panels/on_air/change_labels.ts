/** What a step in the panel is called: the field and what it became, "Opacity 50 %". */
import type { Change, Changes } from "../../commands/properties.ts";
import type { LayoutObject } from "../../document/types.ts";
import { changedTo } from "../../a11y/describe.ts";
import { say, type Key } from "../../i18n/strings.ts";

/** Null where the value is no word: a picture, a long text, a crop. */
function valueOf(label: Key, change: Change): string | null {
  switch (label) {
    case "opacity":
      return String(Math.round((change.opacity ?? 1) * 100));
    case "radius":
      return String(change.corner_radius ?? 0);
    case "size":
      return String(change.size ?? "");
    case "weight":
      return say((change.weight ?? 400) >= 600 ? "bold" : "regular");
    case "fit":
      return say(change.fit ?? "cover");
    case "alignText":
      return say(change.align ?? "left");
    case "color":
      return change.color ?? null;
    case "background":
      return change.background ?? say("none");
    default:
      return null;
  }
}

export function changeWords(label: Key, change: Change): string {
  if (label === "name") return say("rename", { name: change.name ?? "" });
  const value = valueOf(label, change);
  return value === null ? say("change", { field: say(label) }) : changedTo(label, value);
}

/** Of several: the value where all come to the same, else the field alone. */
export function changesWords(label: Key, changes: Changes, objects: readonly LayoutObject[]): string {
  const each = typeof changes === "function" ? objects.map(changes) : [changes];
  const [first] = each;
  return first && each.every((one) => JSON.stringify(one) === JSON.stringify(first)) ? changeWords(label, first) : say("change", { field: say(label) });
}
