"""The chain of fonts: which file draws which character, as `font_table.json` lists it.

The editor reads the same table (static/src/editor/fonts/table.ts), so both draw a character with the same file.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from apps.preview.fonts import drawn_weight, find_file, load, load_fallback, rounded_size

TABLE_FILE = Path(__file__).with_name("font_table.json")


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A font file, in two weights: `{weight}` in `file` is 400 or 700, or `wght` for a variable font."""

    package: str
    file: str
    variable: bool
    codes: frozenset[int]

    def path(self, weight: int) -> Path:
        """The file for a weight. Raises `FontMissing`."""
        return find_file(self.package, self.file.format(weight="wght" if self.variable else drawn_weight(weight)))

    def open(self, size: float, weight: int) -> ImageFont.FreeTypeFont:
        """The font at a size in pixels."""
        path, size = str(self.path(weight)), rounded_size(size)
        if self is base():
            return load(path, size)
        return load_fallback(path, size, drawn_weight(weight) if self.variable else None)


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    name: str
    faces: tuple[Face, ...]


def parse_ranges(ranges: str) -> set[int]:
    """The code points of "20-7e,a0,…"."""
    codes: set[int] = set()
    for span in ranges.split(","):
        first, _, last = span.strip().partition("-")
        codes.update(range(int(first, 16), int(last or first, 16) + 1))
    return codes


@lru_cache(maxsize=1)
def families() -> tuple[Family, ...]:
    """The chain in order; the base font is the first."""
    return tuple(
        Family(
            family["name"],
            tuple(
                Face(face["package"], face["file"], face["variable"], frozenset(parse_ranges(face["ranges"])))
                for face in family["faces"]
            ),
        )
        for family in json.loads(TABLE_FILE.read_bytes())["families"]
    )


@lru_cache(maxsize=1)
def table_digest() -> str:
    """Changes with the fonts, for what is kept of pictures and findings."""
    return hashlib.sha256(TABLE_FILE.read_bytes()).hexdigest()[:8]


def base() -> Face:
    return families()[0].faces[0]


@lru_cache(maxsize=1)
def base_characters() -> frozenset[str]:
    """What the base font draws, as characters: most texts need no other font."""
    return frozenset(map(chr, base().codes))


@lru_cache(maxsize=1)
def face_by_code() -> tuple[dict[int, Face], ...]:
    """For each family of the chain: code point → face."""
    return tuple({code: face for face in family.faces for code in face.codes} for family in families())


@lru_cache(maxsize=16384)
def face_for(characters: str) -> Face | None:
    """The first face of the chain that has every one of the characters; None if there is none."""
    for faces in face_by_code():
        face = faces.get(ord(characters[0]))
        if face is not None and all(ord(character) in face.codes for character in characters):
            return face
    return None
