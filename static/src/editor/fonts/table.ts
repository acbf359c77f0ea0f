/** Which font file draws which character: apps/preview/font_table.json, the same table that the server draws by. */

/** The families of the chain after the base font, as the browser knows them. The table has the same, in this order. */
export const FALLBACK_FAMILIES = ["Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Thai", "Noto Sans SC Extended", "Noto Sans JP", "Noto Sans KR", "Noto Emoji"] as const;

/** A font file in two weights: `{weight}` in `file` is 400 or 700, or `wght` for a variable font. */
export interface Face {
  readonly family: string;
  readonly file: string;
  readonly variable: boolean;
  /** "20-7e,a0,…", hexadecimal. */
  readonly ranges: string;
  readonly codes: ReadonlySet<number>;
}

/** As it is stored. */
export interface TableFile {
  readonly families: readonly { readonly name: string; readonly faces: readonly Omit<Face, "family" | "codes">[] }[];
}

export class FontTable {
  /** Code point → face, a map for each family, in the order of the chain. */
  private readonly families: readonly ReadonlyMap<number, Face>[];
  readonly base: Face;

  constructor(file: TableFile) {
    const families = file.families.map(({ name, faces }) => faces.map((face): Face => ({ ...face, family: name, codes: codesOf(face.ranges) })));
    const base = families[0]?.[0];
    if (!base) throw new Error("The table of fonts is empty.");
    this.base = base;
    this.families = families.map((faces) => new Map(faces.flatMap((face) => [...face.codes].map((code): [number, Face] => [code, face]))));
  }

  /** The first face of the chain that has every one of the characters; null if there is none. */
  faceFor(characters: string): Face | null {
    const codes = [...characters].map((character) => character.codePointAt(0) ?? 0);
    const [first] = codes;
    if (first === undefined) return null;
    for (const faces of this.families) {
      const face = faces.get(first);
      if (face && codes.every((code) => face.codes.has(code))) return face;
    }
    return null;
  }
}

function codesOf(ranges: string): Set<number> {
  const codes = new Set<number>();
  for (const span of ranges.split(",")) {
    const [first = "", last = first] = span.split("-");
    for (let code = parseInt(first, 16); code <= parseInt(last, 16); code += 1) codes.add(code);
  }
  return codes;
}
