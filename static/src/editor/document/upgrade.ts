/** Old documents, read as new ones, as apps/layout_document/upgrades.py does. What a step does not understand it leaves for the checks to name. */
import { isObject, type Json } from "./schema.ts";
import { SCHEMA } from "./types.ts";

/** `quadbox.layout/0` had `width`, `height` and `background` at its top, and a depth `z` on each object. */
function from0(old: Json): Json {
  const { width: _width, height: _height, background, ...rest } = old;
  const canvas: Record<string, unknown> = {};
  for (const name of ["width", "height"]) if (name in old) canvas[name] = old[name];
  if (typeof background === "string" && !background.startsWith("#")) canvas["image"] = { url: background, fit: "stretch" };
  else if (background !== undefined && background !== null) canvas["color"] = background;
  const { objects } = old;
  return { canvas, ...rest, schema: "quadbox.layout/1", ...(Array.isArray(objects) ? { objects: objects.toSorted((a, b) => depth(a) - depth(b)).map(withoutZ) } : {}) };
}

function depth(one: unknown): number {
  const z = isObject(one) ? one["z"] : 0;
  return typeof z === "number" && !Number.isNaN(z) ? z : 0;
}

function withoutZ(one: unknown): unknown {
  if (!isObject(one)) return one;
  const { z: _z, ...rest } = one;
  return rest;
}

export const UPGRADES: Readonly<Record<string, (old: Json) => Json>> = { "quadbox.layout/0": from0 };

/** The value in the present version, where its version is an old one we know; else the value itself. */
export function upgrade(value: unknown): unknown {
  let now = value;
  while (isObject(now)) {
    const version = now["schema"];
    const next = typeof version === "string" && version !== SCHEMA && Object.hasOwn(UPGRADES, version) ? UPGRADES[version] : undefined;
    if (!next) break;
    now = next(now);
  }
  return now;
}
