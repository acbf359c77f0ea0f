"""Grapheme clusters: what is drawn, cut and moved as one letter. A short form of Unicode's rules (UAX #29) that
static/src/editor/fonts/clusters.ts has alike; tests/fixtures/clusters.json holds for both.
"""

from __future__ import annotations

import re
import unicodedata

JOINER = "\u200d"
REGIONAL = re.compile("[\U0001f1e6-\U0001f1ff]")
# Joiners, variation selectors, skin tones and the tags of flags, besides the marks of Unicode
EXTENDS = re.compile("[\u200c\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
PICTOGRAPH = re.compile("[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff]")
LEADING = re.compile("[\u1100-\u115f]")  # Hangul letters that are written in pieces
VOWEL_OR_TRAILING = re.compile("[\u1160-\u11ff]")
THAI_VOWEL = "\u0e33"  # sara am is a letter that belongs to the one before


def clusters(text: str) -> list[str]:
    """The clusters of a text, in order; joined they are the text."""
    result: list[str] = []
    for character in text:
        if result and belongs(result[-1], character):
            result[-1] += character
        else:
            result.append(character)
    return result


def belongs(cluster: str, character: str) -> bool:
    """Whether a character continues a cluster."""
    if cluster.isspace() and character not in (JOINER,) and not unicodedata.combining(character):
        return False
    if EXTENDS.match(character) or character == THAI_VOWEL or unicodedata.category(character) in ("Mn", "Mc", "Me"):
        return True
    if cluster[-1] == JOINER:
        return PICTOGRAPH.match(character) is not None and PICTOGRAPH.match(cluster[0]) is not None
    if REGIONAL.match(character):
        return len(cluster) == 1 and REGIONAL.match(cluster) is not None
    if VOWEL_OR_TRAILING.match(character):
        return LEADING.match(cluster[-1]) is not None or VOWEL_OR_TRAILING.match(cluster[-1]) is not None
    return LEADING.match(character) is not None and LEADING.match(cluster[-1]) is not None
