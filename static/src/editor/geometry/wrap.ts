/** Breaks texts into lines exactly as apps/preview/text.py does, so that the canvas shows what is exported. */
const LONGEST = 4000;
const ELLIPSIS = "…";
const WIDE = "\\u1100-\\u11ff\\u2e80-\\u9fff\\uac00-\\ud7ff\\uf900-\\ufaff\\ufe30-\\ufe4f\\uff00-\\uffef\\u{20000}-\\u{3ffff}";
/** A word with the spaces after it, or one character of a script that breaks anywhere. */
const PIECE = new RegExp(`[${WIDE}]\\s*|[^\\s${WIDE}]+\\s*|\\s+`, "gu");

/** The width of a piece of text in pixels. */
export type Measure = (text: string) => number;

/** The lines that a box has room for, at least one; the last ends in an ellipsis if there were more. */
export function linesIn(text: string, width: number, height: number, lineHeight: number, measure: Measure): string[] {
  const lines = text.slice(0, LONGEST).split(/\r\n|[\n\r]/).flatMap((paragraph) => wrapParagraph(paragraph, width, measure));
  const room = Math.max(1, Math.floor((height + 0.01) / lineHeight));
  if (lines.length <= room) return lines;
  return [...lines.slice(0, room - 1), cut(lines[room - 1] ?? "", width, measure)];
}

function wrapParagraph(text: string, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of joined(text.match(PIECE) ?? [])) {
    if (line === "" || measure((line + piece).trimEnd()) <= width) line += piece;
    else {
      lines.push(line.trimEnd());
      line = piece;
    }
    // One word, too long for a line.
    while ([...line].length > 1 && measure(line.trimEnd()) > width) {
      const fits = longestPrefix(line, width, measure);
      lines.push(fits.trimEnd());
      line = line.slice(fits.length);
    }
  }
  return [...lines, line.trimEnd()];
}

/** Closing punctuation stays with what it closes, and an opening bracket with what it opens. */
function joined(pieces: readonly string[]): string[] {
  const result: string[] = [];
  for (const piece of pieces) {
    const before = result.at(-1);
    const closes = piece > "\u2e7f" && /^[\p{Pe}\p{Pf}\p{Po}]/u.test(piece);
    if (before !== undefined && (closes || /[\p{Ps}\p{Pi}]$/u.test(before))) result[result.length - 1] = before + piece;
    else result.push(piece);
  }
  return result;
}

/** As many characters as fit, at least one. */
function longestPrefix(text: string, width: number, measure: Measure): string {
  const characters = [...text];
  let [low, high] = [1, characters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(characters.slice(0, middle).join("")) <= width) low = middle;
    else high = middle - 1;
  }
  return characters.slice(0, low).join("");
}

function cut(line: string, width: number, measure: Measure): string {
  const room = width - measure(ELLIPSIS);
  if (room <= 0) return ELLIPSIS;
  return (measure(line) > room ? longestPrefix(line, room, measure) : line).trimEnd() + ELLIPSIS;
}
