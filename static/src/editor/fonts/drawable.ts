/** A text as it can be drawn: what no font of the chain has becomes a box. The rules of apps/preview/drawable.py. */
import { clusters } from "../geometry/clusters.ts";
import type { Face, FontTable } from "./table.ts";

/** Characters that are looked at: variables may hold any number. */
export const MAX_CHARACTERS = 4000;
/** A noncharacter that no font has: the base font draws its box of missing characters. */
export const NO_CHARACTER = "\u{10fffe}";
/** Variation selectors (the chain has one form of each character) and explicit embeddings of direction. */
// oxlint-disable-next-line no-misleading-character-class -- each is looked for by itself
const DROPPED = /[\ufe00-\ufe0f\u202a-\u202e\u2066-\u2069]/g;
/** Nothing is drawn for these, whatever the font. */
// oxlint-disable-next-line no-misleading-character-class -- each is looked for by itself
const INVISIBLE = /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff\u{e0000}-\u{e007f}]/gu;
/** Line breaks, and what breaking lines takes out. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /^[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/u;
const SPACES = /^[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+$/u;
/** What the base font has and every page loads anyway. */
const PLAIN = /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u00ff\n]*$/;

export interface Drawable {
  readonly text: string;
  /** The faces it takes besides the base font. */
  readonly faces: readonly Face[];
}

export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}

/** With its letters composed, and a box in place of each character that cannot be drawn. */
export function drawable(text: string, table: FontTable): Drawable {
  const faces = new Set<Face>();
  const drawn = clusters(composed(text)).map((cluster) => drawnCluster(cluster, table, faces));
  faces.delete(table.base);
  return { text: drawn.join(""), faces: [...faces] };
}

/** Without what is never drawn; all that can be said before the table is there. */
export function composed(text: string): string {
  const looked = text.length <= MAX_CHARACTERS ? text : [...text].slice(0, MAX_CHARACTERS).join("");
  return looked.replaceAll(DROPPED, "").normalize("NFC");
}

/** The cluster itself if one font has all of it. Else what the font of its first character lacks is a box. */
function drawnCluster(cluster: string, table: FontTable, faces: Set<Face>): string {
  const visible = cluster.replaceAll(INVISIBLE, "");
  if (visible === "" || CONTROL.test(visible)) return cluster;
  const whole = table.faceFor(visible);
  if (whole) {
    faces.add(whole);
    return cluster;
  }
  if (SPACES.test(visible)) return " ".repeat([...cluster].length);
  const [first = ""] = visible;
  const face = table.faceFor(first);
  if (face) faces.add(face);
  return [...cluster].map((character) => {
    if (character.replaceAll(INVISIBLE, "") === "" || face?.codes.has(character.codePointAt(0) ?? 0)) return character;
    return SPACES.test(character) ? " " : NO_CHARACTER;
  }).join("");
}
