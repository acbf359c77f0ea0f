/** Ready arrangements of regions: ours, from the table that the server reads too, and the team's own. */
import table from "../../../../apps/layout_document/presets.json" with { type: "json" };
import { freshSlot } from "../document/find.ts";
import type { LayoutDocument, LayoutObject, Region } from "../document/types.ts";
import { isFull, newRegion } from "./objects.ts";
import { placesOf, type Place, type Shapes } from "./places.ts";

export type Preset = keyof typeof table;
export const PRESETS = Object.keys(table) as Preset[];
/** Edges are even, since video encoders halve chroma. */
const STEP = 2;

export function shapesOf(preset: Preset): Shapes {
  return table[preset].shapes as Shapes;
}

export function applyPreset(document: LayoutDocument, preset: Preset): LayoutDocument {
  return arranged(document, placesOf(shapesOf(preset), document.canvas, STEP));
}

/** One step, as with our own presets: regions keep their people and looks, missing ones come, surplus ones are hidden. */
export function applyOwnPreset(document: LayoutDocument, shapes: Shapes): LayoutDocument {
  return arranged(document, placesOf(shapes, document.canvas));
}

/** What the arrangement had no place for. */
export function nowHidden(before: LayoutDocument, after: LayoutDocument): LayoutObject[] {
  const hidden = new Set(after.objects.flatMap((object) => (object.hidden ? [object.id] : [])));
  return before.objects.filter((object) => !object.hidden && hidden.has(object.id));
}

/** For a place that nobody has yet. A person may be seen twice, by the camera and by what they share. */
function newAt(document: LayoutDocument, { screen, ...box }: Place): Region {
  const stream = screen ? "screen" : "camera";
  const made = newRegion(document, box);
  const slot = freshSlot({ ...document, objects: document.objects.filter((one) => one.kind === "region" && one.source.stream === stream) });
  const name = slot === "host" ? "Host" : slot.replace("guest-", "Guest ");
  return { ...made, name: screen ? `${name} · Screen` : name, source: { slot, stream }, fit: screen ? "contain" : made.fit };
}

/** Who was seen by the camera is seen by the screen from now on, whole: cropping a screen loses its text. */
function sharing(region: Region): Region {
  return region.source.stream === "screen" ? region : { ...region, fit: "contain", source: { ...region.source, stream: "screen" } };
}

/**
 * Existing regions keep their people and looks and take the places in reading order; missing ones are added, surplus ones hidden.
 * Regions stay behind images and texts that were in front of them all.
 */
export function arranged(document: LayoutDocument, places: readonly Place[]): LayoutDocument {
  const reading = document.objects
    .filter((object): object is Region => object.kind === "region" && !object.locked)
    .toSorted((a, b) => Number(a.hidden ?? false) - Number(b.hidden ?? false) || a.y - b.y || a.x - b.x);
  let grown = document;
  const placed = new Map<string, Region>();
  for (const [index, place] of places.entries()) {
    const { screen, ...box } = place;
    const known = reading[index];
    if (!known && isFull(grown)) break;
    const kept = known && { ...known, ...box, hidden: false };
    const region = kept ? (screen ? sharing(kept) : kept) : newAt(grown, place);
    if (known) grown = { ...grown, objects: grown.objects.map((one) => (one.id === region.id ? region : one)) };
    else grown = { ...grown, objects: [...grown.objects, region] };
    placed.set(region.id, region);
  }
  for (const surplus of reading.slice(places.length)) placed.set(surplus.id, { ...surplus, hidden: true });
  const regions = [...placed.values()];
  const others = document.objects.filter((object) => !placed.has(object.id));
  const first = document.objects.findIndex((object) => placed.has(object.id));
  const behind = first < 0 ? others.filter((object) => object.kind === "region") : others.filter((object) => document.objects.indexOf(object) < first);
  return { ...document, objects: [...behind, ...regions, ...others.filter((object) => !behind.includes(object))] };
}
