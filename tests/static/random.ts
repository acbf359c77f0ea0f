/** Random documents and choices from a seed: a failing case can be run again. */
import { parseDocument } from "../../static/src/editor/document/parse.ts";
import type { Box, LayoutDocument, LayoutObject } from "../../static/src/editor/document/types.ts";

export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = (seed * 2654435761 + 1) >>> 0;
  }

  /** From 0 up to 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number, both ends included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  pick<T>(values: readonly T[]): T {
    const value = values[this.int(0, values.length - 1)];
    if (value === undefined) throw new Error("nothing to pick from");
    return value;
  }

  chance(part: number): boolean {
    return this.next() < part;
  }

  box(width = 1280, height = 720): Box {
    const [w, h] = [this.int(2, width / 2), this.int(2, height / 2)];
    return { x: this.int(0, width - w), y: this.int(0, height - h), width: w, height: h };
  }

  object(id: string): LayoutObject {
    const common = { id, name: this.chance(0.5) ? `Object ${id} 名` : "", ...this.box(), opacity: this.int(0, 10) / 10, hidden: this.chance(0.1), locked: this.chance(0.15) };
    const fit = this.pick(["cover", "contain", "stretch"] as const);
    const crop = this.chance(0.3) ? { x: 0.1, y: 0.25, width: 0.5, height: 0.5 } : null;
    switch (this.pick(["region", "image", "text"] as const)) {
      case "region":
        return { kind: "region", ...common, fit, corner_radius: this.int(0, 60), source: { slot: id, stream: this.pick(["camera", "screen"] as const) }, source_crop: crop, placeholder: null } as LayoutObject;
      case "image":
        return { kind: "image", ...common, fit, corner_radius: 0, url: "https://example.com/a.png", source_crop: crop, attached_to: null } as LayoutObject;
      case "text":
        return { kind: "text", ...common, text: this.pick(["Hello", "{{title}} · 直播", "a\nb"]), size: this.int(8, 90) } as LayoutObject;
    }
  }

  document(most = 12): LayoutDocument {
    const objects = Array.from({ length: this.int(1, most) }, (_, index) => this.object(`o${index}`));
    return parseDocument({ schema: "quadbox.layout/1", canvas: { width: 1280, height: 720, color: "#101820" }, objects });
  }

  /** Some of the document's objects, at least one. */
  ids(document: LayoutDocument): Set<string> {
    const all = document.objects.map((object) => object.id);
    const some = all.filter(() => this.chance(0.5));
    return new Set(some.length > 0 ? some : [this.pick(all)]);
  }
}

/** Runs a property for many seeds; the failure names the seed. */
export function forSeeds(count: number, property: (random: Random) => void): void {
  for (let seed = 1; seed <= count; seed += 1) {
    try {
      property(new Random(seed));
    } catch (error) {
      if (error instanceof Error) error.message = `seed ${seed}: ${error.message}`;
      throw error;
    }
  }
}
