/** Ready arrangements of regions. */
import type { Box, LayoutDocument, Region } from "../document/types.ts";
import { newRegion } from "./objects.ts";

export const PRESETS = ["full", "side-by-side", "pip", "one-two", "one-three", "grid-2", "grid-3", "speaker-strip", "screen-column"] as const;
export type Preset = (typeof PRESETS)[number];

/** Boxes in fractions of the canvas, the most important person first; later ones are painted above. Tall canvases stack what wide ones put in a row. */
export function presetBoxes(preset: Preset, tall: boolean): Box[] {
  const at = (x: number, y: number, width: number, height: number): Box => (tall ? { x: y, y: x, width: height, height: width } : { x, y, width, height });
  const grid = (side: number): Box[] =>
    Array.from({ length: side * side }, (_, index) => ({ x: (index % side) / side, y: Math.floor(index / side) / side, width: 1 / side, height: 1 / side }));
  switch (preset) {
    case "full":
      return [at(0, 0, 1, 1)];
    case "side-by-side":
      return [at(0, 0, 0.5, 1), at(0.5, 0, 0.5, 1)];
    case "pip":
      return [{ x: 0, y: 0, width: 1, height: 1 }, tall ? { x: 0.62, y: 0.68, width: 0.34, height: 0.2 } : { x: 0.725, y: 0.7, width: 0.25, height: 0.25 }];
    case "one-two":
      return [at(0, 0, 2 / 3, 1), at(2 / 3, 0, 1 / 3, 0.5), at(2 / 3, 0.5, 1 / 3, 0.5)];
    case "one-three":
      return [at(0, 0, 0.75, 1), at(0.75, 0, 0.25, 1 / 3), at(0.75, 1 / 3, 0.25, 1 / 3), at(0.75, 2 / 3, 0.25, 1 / 3)];
    case "grid-2":
      return grid(2);
    case "grid-3":
      return grid(3);
    case "speaker-strip":
      return [{ x: 0, y: 0, width: 1, height: 0.75 }, ...[0, 1, 2, 3].map((n) => ({ x: n / 4, y: 0.75, width: 0.25, height: 0.25 }))];
    case "screen-column":
      return [at(0, 0, 0.8, 1), ...[0, 1, 2].map((n) => at(0.8, n / 3, 0.2, 1 / 3))];
  }
}

export function applyPreset(document: LayoutDocument, preset: Preset): LayoutDocument {
  const { width, height } = document.canvas;
  // Edges are rounded, so that neighbours share theirs to the pixel.
  const places = presetBoxes(preset, height > width).map((box, index): Place => {
    const x = Math.round(box.x * width);
    const y = Math.round(box.y * height);
    return { x, y, width: Math.round((box.x + box.width) * width) - x, height: Math.round((box.y + box.height) * height) - y, screen: preset === "screen-column" && index === 0 };
  });
  return arranged(document, places);
}

/** Where a region is put, in whole pixels; `screen`: it shows what its person shares. */
export interface Place extends Box {
  readonly screen: boolean;
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
  places.forEach(({ screen, ...place }, index) => {
    const known = reading[index];
    const region = known ? { ...known, ...place, hidden: false } : newRegion(grown, place);
    if (!known) grown = { ...grown, objects: [...grown.objects, region] };
    placed.set(region.id, screen ? { ...region, source: { ...region.source, stream: "screen" } } : region);
  });
  for (const surplus of reading.slice(places.length)) placed.set(surplus.id, { ...surplus, hidden: true });
  const regions = [...placed.values()];
  const others = document.objects.filter((object) => !placed.has(object.id));
  const first = document.objects.findIndex((object) => placed.has(object.id));
  const behind = first < 0 ? others.filter((object) => object.kind === "region") : others.filter((object) => document.objects.indexOf(object) < first);
  return { ...document, objects: [...behind, ...regions, ...others.filter((object) => !behind.includes(object))] };
}
