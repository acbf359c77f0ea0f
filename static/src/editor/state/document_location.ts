/** Where in a document something is wrong, in words: the server says it as a JSON pointer. */
import type { LayoutDocument } from "../document/types.ts";
import { titleOf } from "./editor.ts";
import { say, type Key } from "../i18n/strings.ts";

const FIELDS: Readonly<Record<string, Key>> = {
  x: "x", y: "y", width: "w", height: "h", name: "name", fit: "fit", opacity: "opacity", corner_radius: "radius", slot: "slot", stream: "stream", source: "person", source_crop: "sourceCrop", placeholder: "placeholder",
  text: "words", font: "fontName", size: "size", weight: "weight", align: "alignText", color: "color", background: "background", attached_to: "attached", url: "pictureUrl", image: "backgroundImage",
};
const OF_CANVAS: Readonly<Record<string, Key>> = { width: "width", height: "height" };

/** "Host: W" for /objects/0/width, "Canvas: Width" for /canvas/width; "" where a pointer names nothing that anybody sees. */
export function placeOf(document: LayoutDocument, pointer: string): string {
  const [, part, ...path] = pointer.split("/").map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const object = part === "objects" ? document.objects[Number(path.shift() ?? -1)] : undefined;
  if (part !== "canvas" && !object) return "";
  const thing = object ? titleOf(object) : say("canvas");
  // The innermost that has a name: of /objects/0/source/slot it is the slot.
  const key = path.toReversed().flatMap((step) => (object ? undefined : OF_CANVAS[step]) ?? FIELDS[step] ?? [])[0];
  return key === undefined ? thing : say("placeIn", { thing, field: say(key).replace(/ %$/, "") });
}

/** A problem as a sentence that names the object and the field. */
export function problemWords(document: LayoutDocument, { pointer, message }: { readonly pointer: string; readonly message: string }): string {
  const place = placeOf(document, pointer);
  return place ? say("problemAt", { place, message }) : message;
}
