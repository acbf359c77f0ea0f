"""The one font, Noto Sans SC, in its two weights: the same files that the browser gets.

Looked for in `QUADBOX_FONT_DIR`, then in the built front end, then where npm puts it.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

ROOT = Path(__file__).resolve().parents[2]
PLACES = (ROOT / "static/dist/fonts", ROOT / "static/node_modules/@fontsource/noto-sans-sc/files")
FILE = "noto-sans-sc-chinese-simplified-{weight}-normal.woff2"  # holds Latin too: 7,946 characters
NO_CHARACTER = "\U0010fffe"  # a noncharacter: no font has it, so it draws as the box of missing ones
PROBE_SIZE = 20


class FontMissing(RuntimeError):
    """The font files are nowhere to be found: a fault of the set-up, not of a document."""


def font_file(weight: int) -> Path:
    """The file for a weight: 700 from 600 on, else 400. Raises `FontMissing`, naming the places searched."""
    name = FILE.format(weight=700 if weight >= 600 else 400)
    given = os.environ.get("QUADBOX_FONT_DIR")
    places = (Path(given), *PLACES) if given else PLACES
    for place in places:
        if (place / name).is_file():
            return place / name
    raise FontMissing(f"{name} is in none of {', '.join(map(str, places))}. Build the front end: make setup.")


def font(size: float, weight: int) -> ImageFont.FreeTypeFont:
    """The font at a size in pixels."""
    return load(str(font_file(weight)), max(1.0, round(size, 2)))


@lru_cache(maxsize=24)  # each open face holds the unpacked file, some 2 MB, and takes 40 ms to open
def load(path: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


@lru_cache(maxsize=16384)
def has_glyph(path: str, character: str) -> bool:
    """Whether the font can draw a character: what it cannot draw looks like a character nobody has."""
    if character.isspace():
        return True
    face = load(path, PROBE_SIZE)
    return bytes(face.getmask(character)) != box_of_missing(path)


@lru_cache(maxsize=8)
def box_of_missing(path: str) -> bytes:
    return bytes(load(path, PROBE_SIZE).getmask(NO_CHARACTER))


def missing_glyphs(text: str, weight: int = 400) -> str:
    """The characters of a text that the font lacks, each once, in order. They draw as boxes."""
    path = str(font_file(weight))
    return "".join(one for one in dict.fromkeys(text) if one.isprintable() and not has_glyph(path, one))
