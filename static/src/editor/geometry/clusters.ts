/** Grapheme clusters: what is drawn, cut and moved as one letter. The rules of apps/preview/clusters.py. */
const JOINER = "\u200d";
const REGIONAL = /^[\u{1f1e6}-\u{1f1ff}]$/u;
/** Joiners, variation selectors, skin tones, tags of flags, Thai sara am, and every mark. */
// oxlint-disable-next-line no-misleading-character-class -- each is looked for by itself
const EXTENDS = /^[\u200c\u200d\ufe00-\ufe0f\u{1f3fb}-\u{1f3ff}\u{e0020}-\u{e007f}\u0e33\p{M}]$/u;
const PICTOGRAPH = /^[\u00a9\u00ae\u203c-\u3299\u{1f000}-\u{1faff}]/u;
const LEADING = /^[\u1100-\u115f]$/u;
const VOWEL_OR_TRAILING = /^[\u1160-\u11ff]$/u;
// oxlint-disable-next-line no-control-regex -- what Python takes for spaces
const SPACES = /^[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t-\r\u001c-\u001f\u0085\u2028\u2029]+$/u;
const COMBINING = /^\p{M}$/u;

/** The clusters of a text, in order; joined they are the text. */
export function clusters(text: string): string[] {
  const result: string[] = [];
  for (const character of text) {
    const last = result.at(-1);
    if (last !== undefined && belongs(last, character)) result[result.length - 1] = last + character;
    else result.push(character);
  }
  return result;
}

/** Whether a character continues a cluster. */
export function belongs(cluster: string, character: string): boolean {
  if (SPACES.test(cluster) && character !== JOINER && !COMBINING.test(character)) return false;
  if (EXTENDS.test(character)) return true;
  const characters = [...cluster];
  const last = characters.at(-1) ?? "";
  if (last === JOINER) return PICTOGRAPH.test(character) && PICTOGRAPH.test(cluster);
  if (REGIONAL.test(character)) return characters.length === 1 && REGIONAL.test(cluster);
  if (VOWEL_OR_TRAILING.test(character)) return LEADING.test(last) || VOWEL_OR_TRAILING.test(last);
  return LEADING.test(character) && LEADING.test(last);
}
