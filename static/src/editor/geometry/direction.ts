/** Which way a text runs. The rules of apps/preview/bidi.py; the browser orders the letters itself. */
const LEFT_TO_RIGHT_MARK = "\u200e";
const RIGHT_TO_LEFT_MARK = "\u200f";
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const LETTER = /^\p{L}$/u;

export type Direction = "ltr" | "rtl";

/** That of the first letter, or mark of direction. */
export function directionOf(text: string): Direction {
  if (!RIGHT_TO_LEFT.test(text)) return "ltr";
  for (const character of text) {
    if (character === LEFT_TO_RIGHT_MARK) return "ltr";
    if (character === RIGHT_TO_LEFT_MARK) return "rtl";
    if (LETTER.test(character)) return RIGHT_TO_LEFT.test(character) ? "rtl" : "ltr";
  }
  return "ltr";
}

/** The lines of a paragraph, each beginning with a mark of direction where it would else run the other way. */
export function keepDirection(lines: readonly string[], paragraph: string): string[] {
  if (!RIGHT_TO_LEFT.test(paragraph)) return [...lines];
  const base = directionOf(paragraph);
  const mark = base === "rtl" ? RIGHT_TO_LEFT_MARK : LEFT_TO_RIGHT_MARK;
  return lines.map((line) => (line === "" || directionOf(line) === base ? line : mark + line));
}
