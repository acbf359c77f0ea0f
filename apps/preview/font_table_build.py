"""Writes `font_table.json` anew: which font file draws which character. Run it when a font package changes.

python -m apps.preview.font_table_build

`FAMILIES` is the order of the chain. A character is drawn by the first family that has it. Slices of the large East
Asian families list only what no family before them has, which keeps the table small; the others list all they have,
so that a mark and its letter come from one file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PIL import ImageFont

from apps.preview.font_table import Face, Family, parse_ranges
from apps.preview.fonts import BASE_FILE, BASE_PACKAGE, PACKAGES, find_file

TABLE_FILE = Path(__file__).with_name("font_table.json")
NONCHARACTER = "\U0010fffe"  # no font has it, so it draws as the font's box for missing characters
BASE_BLOCKS = ((0x20, 0xFFFF), (0x1F000, 0x1FAFF), (0x20000, 0x2FFFF))  # what the base font is searched for
SIZE = 20  # pixels
VARIABLE = "wght"


@dataclass(frozen=True, slots=True)
class Source:
    """A family of the chain: an npm package, its subsets in `unicode.json`, and the file of each."""

    family: str
    package: str
    subsets: tuple[str, ...] = ()  # none: every numbered slice
    file: str = "{package}-{subset}-{weight}-normal.woff2"
    variable: bool = False
    only_new: bool = False


FAMILIES = (
    Source(
        "Noto Sans",
        "@fontsource/noto-sans",
        ("latin-ext", "vietnamese", "cyrillic", "cyrillic-ext", "greek", "greek-ext", "devanagari"),
    ),
    Source("Noto Sans Arabic", "@fontsource/noto-sans-arabic", ("arabic",)),
    Source("Noto Sans Hebrew", "@fontsource/noto-sans-hebrew", ("hebrew",)),
    Source("Noto Sans Thai", "@fontsource/noto-sans-thai", ("thai",)),
    Source("Noto Sans SC Extended", "@fontsource/noto-sans-sc", only_new=True),
    Source("Noto Sans JP", "@fontsource-variable/noto-sans-jp", variable=True, only_new=True),
    Source("Noto Sans KR", "@fontsource-variable/noto-sans-kr", variable=True, only_new=True),
    Source("Noto Emoji", "@fontsource/noto-emoji", ("emoji",)),
)


def build() -> list[Family]:
    """The whole chain, the base font first. Raises `FontMissing` where a package is not installed."""
    base_file = find_file(BASE_PACKAGE, BASE_FILE.format(weight=400))
    blocks = (code for first, last in BASE_BLOCKS for code in range(first, last + 1))
    base = present(base_file, blocks)
    families = [Family("Noto Sans SC", (Face(BASE_PACKAGE, BASE_FILE, False, frozenset(base)),))]
    known = set(base)
    for source in FAMILIES:
        faces = []
        for subset, declared in declared_ranges(source).items():
            file = source.file.format(package=source.package.split("/")[1], subset=subset, weight="{weight}")
            weight = VARIABLE if source.variable else "400"
            codes = present(find_file(source.package, file.format(weight=weight)), declared)
            if source.only_new:
                codes -= known
            if codes:
                faces.append(Face(source.package, file, source.variable, frozenset(codes)))
        known.update(*(face.codes for face in faces))
        families.append(Family(source.family, tuple(faces)))
    return families


def declared_ranges(source: Source) -> dict[str, set[int]]:
    """Subset → the code points that the package says it has."""
    ranges: dict[str, str] = json.loads((PACKAGES / source.package / "unicode.json").read_bytes())
    if source.subsets == ("emoji",):  # the one file of all slices
        return {"emoji": set().union(*(parse_ranges(value.replace("U+", "")) for value in ranges.values()))}
    chosen = source.subsets or tuple(name for name in ranges if name.startswith("["))
    return {name.strip("[]"): parse_ranges(ranges[name].replace("U+", "")) for name in chosen}


def present(path: Path, codes: Iterable[int]) -> set[int]:
    """Those of the code points that a font file has a glyph for."""
    face = ImageFont.truetype(str(path), SIZE, layout_engine=ImageFont.Layout.BASIC)  # the shaper hides some boxes
    box = bytes(face.getmask(NONCHARACTER))
    return {
        code
        for code in codes
        if not 0xD800 <= code <= 0xDFFF and code & 0xFFFE != 0xFFFE and bytes(face.getmask(chr(code))) != box
    }


def as_ranges(codes: Iterable[int]) -> str:
    """Code points as "20-7e,a0,…": hexadecimal, in order."""
    spans: list[list[int]] = []
    for code in sorted(codes):
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return ",".join(f"{first:x}" if first == last else f"{first:x}-{last:x}" for first, last in spans)


def table_text(families: Iterable[Family]) -> str:
    """The JSON of the table, one face a line."""
    blocks = []
    for family in families:
        faces = ",\n   ".join(
            json.dumps(
                {
                    "package": face.package,
                    "file": face.file,
                    "variable": face.variable,
                    "ranges": as_ranges(face.codes),
                }
            )
            for face in family.faces
        )
        blocks.append(f'  {{"name": {json.dumps(family.name)}, "faces": [\n   {faces}\n  ]}}')
    note = "Written by apps/preview/font_table_build.py; read by apps/preview/font_table.py and static/src/editor."
    return f'{{\n "note": {json.dumps(note)},\n "families": [\n' + ",\n".join(blocks) + "\n ]\n}\n"


if __name__ == "__main__":
    TABLE_FILE.write_text(table_text(build()), encoding="utf-8")
