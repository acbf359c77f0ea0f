/** What is wrong with a document that comes from elsewhere: the clipboard, a file. The same verdicts as apps/layout_document/parse.py. */
import schema from "../../../../apps/layout_document/schema.json" with { type: "json" };
import { compile, isObject, type Fault } from "./schema.ts";
import { SCHEMA } from "./types.ts";
import { UPGRADES, upgrade } from "./upgrade.ts";

const MOST_FAULTS = 100;
const ROUNDING = 1e-9;
const check = compile(schema);

/** Everything that is wrong, [] if it is a document. An old version is upgraded first; the pointers are into the upgraded value. */
export function faults(given: unknown): Fault[] {
  const value = upgrade(given);
  if (isObject(value) && "schema" in value && value["schema"] !== SCHEMA && !(String(value["schema"]) in UPGRADES)) return [{ pointer: "/schema", code: "unknown_schema" }];
  const found: Fault[] = [];
  check(value, "", found);
  if (isObject(value) && Array.isArray(value["objects"])) beside(value["objects"], found);
  return found.slice(0, MOST_FAULTS);
}

/** What a schema cannot say: ids are unique, attachments are to regions, crops stay in the source. */
function beside(objects: readonly unknown[], found: Fault[]): void {
  const seen = new Set<string>();
  const regions = new Set(objects.flatMap((one) => (isObject(one) && one["kind"] === "region" && typeof one["id"] === "string" ? [one["id"]] : [])));
  objects.forEach((one, index) => {
    if (!isObject(one)) return;
    const { id, attached_to: attached, source_crop: crop } = one;
    if (typeof id === "string" && id !== "") {
      if (seen.has(id)) found.push({ pointer: `/objects/${index}/id`, code: "duplicate_id" });
      seen.add(id);
    }
    if (typeof attached === "string" && !regions.has(attached)) found.push({ pointer: `/objects/${index}/attached_to`, code: "no_such_region" });
    if (!isObject(crop)) return;
    for (const [start, length] of [["x", "width"], ["y", "height"]] as const) {
      const [from, extent] = [crop[start], crop[length]];
      if (isFraction(from) && isFraction(extent) && from + extent > 1 + ROUNDING) found.push({ pointer: `/objects/${index}/source_crop/${length}`, code: "outside_source" });
    }
  });
}

function isFraction(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 1;
}
