/** Breaks texts into lines exactly as apps/preview/text.py does, so that the canvas shows what is exported. */
import { belongs, clusters } from "./clusters.ts";
import { keepDirection } from "./direction.ts";

const LONGEST = 4000;
const ELLIPSIS = "…";
const TAB = 4;
const LINE_BREAKS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
/** Control characters, and halves of characters. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const UNDRAWABLE = /[\u0000-\u001f\u007f-\u009f\ud800-\udfff]/gu;
/** What Python takes for a space, of what is left then: JavaScript's own `\s` has U+FEFF besides. */
const SPACE = " \\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000";
const AT_END = new RegExp(`[${SPACE}]+$`, "u");
/** The same in a name, where nothing was taken out before. */
// oxlint-disable-next-line no-control-regex -- Python's split() takes these four for spaces
const BETWEEN_WORDS = new RegExp(`[\\t-\\r\\u001c-\\u001f\\u0085\\u2028\\u2029${SPACE}]+`, "u");
const WIDE = "\\u1100-\\u11ff\\u2e80-\\u9fff\\uac00-\\ud7ff\\uf900-\\ufaff\\ufe30-\\ufe4f\\uff00-\\uffef\\u{20000}-\\u{3ffff}";
/** A word with the spaces after it, or one character of a script that breaks anywhere. */
const PIECE = new RegExp(`[${WIDE}][${SPACE}]*|[^${SPACE}${WIDE}]+[${SPACE}]*|[${SPACE}]+`, "gu");

/** The width of a piece of text in pixels. */
export type Measure = (text: string) => number;

/** The lines that a box has room for, at least one; the last ends in an ellipsis if there were more. */
export function linesIn(text: string, width: number, height: number, lineHeight: number, measure: Measure): string[] {
  const looked = tabsOut([...text].slice(0, LONGEST));
  const lines = looked.split(LINE_BREAKS).flatMap((paragraph) => {
    const clean = paragraph.replaceAll(UNDRAWABLE, " ");
    return keepDirection(wrapParagraph(clean, width, measure), clean);
  });
  const room = Math.max(1, Math.floor((height + 0.01) / lineHeight));
  if (lines.length <= room) return lines;
  return [...lines.slice(0, room - 1), cut(lines[room - 1] ?? "", width, measure)];
}

/** A name, its words parted by one space each; cut with an ellipsis where the room ends, also within a word. */
export function onOneLine(name: string, room: number, measure: Measure): string {
  const words = name.split(BETWEEN_WORDS).filter(Boolean).join(" ");
  return measure(words) > room ? cut(words, room, measure) : words;
}

/** Each tab becomes the spaces up to the next fourth column, counted from the last line break. */
function tabsOut(characters: readonly string[]): string {
  let column = 0;
  return characters.map((one) => {
    const shown = one === "\t" ? " ".repeat(TAB - (column % TAB)) : one;
    column = one === "\n" || one === "\r" ? 0 : column + shown.length - Number(one.length > 1);
    return shown;
  }).join("");
}

function trimmed(line: string): string {
  return line.replace(AT_END, "");
}

function wrapParagraph(text: string, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of joined(text.match(PIECE) ?? [])) {
    if (line === "" || measure(trimmed(line + piece)) <= width) line += piece;
    else {
      lines.push(trimmed(line));
      line = piece;
    }
    // One word, too long for a line.
    while ([...line].length > 1 && measure(trimmed(line)) > width) {
      const fits = longestPrefix(line, width, measure);
      if (fits === line) break;
      lines.push(trimmed(fits));
      line = line.slice(fits.length);
    }
  }
  return [...lines, trimmed(line)];
}

/** Closing punctuation stays with what it closes, and an opening bracket with what it opens. */
function joined(pieces: readonly string[]): string[] {
  const result: string[] = [];
  for (const piece of pieces) {
    const before = result.at(-1);
    if (before !== undefined && belongs([...before].at(-1) ?? "", [...piece][0] ?? "")) {
      result[result.length - 1] = before + piece;
      continue;
    }
    const closes = (piece.codePointAt(0) ?? 0) > 0x2e7f && /^[\p{Pe}\p{Pf}\p{Po}]/u.test(piece);
    if (before !== undefined && (closes || /[\p{Ps}\p{Pi}]$/u.test(before))) result[result.length - 1] = before + piece;
    else result.push(piece);
  }
  return result;
}

/** As many letters as fit before `ending`, whole with their marks, at least one. */
function longestPrefix(text: string, width: number, measure: Measure, ending = ""): string {
  const letters = clusters(text);
  let [low, high] = [1, letters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const start = letters.slice(0, middle).join("");
    if (measure(ending ? trimmed(start) + ending : start) <= width) low = middle;
    else high = middle - 1;
  }
  return letters.slice(0, low).join("");
}

/** The line with an ellipsis at its end, shortened until both fit. */
function cut(line: string, width: number, measure: Measure): string {
  if (measure(ELLIPSIS) >= width) return ELLIPSIS;
  return trimmed(measure(line + ELLIPSIS) > width ? longestPrefix(line, width, measure, ELLIPSIS) : line) + ELLIPSIS;
}
