"""The font files, opened: Noto Sans SC in two weights, and the fallback fonts of `font_table.json`.

The same files that the browser gets. Looked for in `QUADBOX_FONT_DIR`, then in the built front end, then where npm
puts them.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "static/dist/fonts"
PACKAGES = ROOT / "static/node_modules"
BASE_PACKAGE = "@fontsource/noto-sans-sc"
BASE_FILE = "noto-sans-sc-chinese-simplified-{weight}-normal.woff2"  # holds Latin too: 7,946 characters


class FontMissing(RuntimeError):
    """A font file is nowhere to be found: a fault of the installation, not of a document."""


def drawn_weight(weight: int) -> int:
    """The weight that is drawn: 700 from 600 on, else 400."""
    return 700 if weight >= 600 else 400


def font_file(weight: int) -> Path:
    """The base font's file for a weight. Raises `FontMissing`, naming the folders searched."""
    return find_file(BASE_PACKAGE, BASE_FILE.format(weight=drawn_weight(weight)))


@lru_cache(maxsize=1024)
def find_file(package: str, name: str) -> Path:
    """The file of an npm package's `files/` folder. Raises `FontMissing`, naming the folders searched."""
    configured = os.environ.get("QUADBOX_FONT_DIR")
    folders = [*([Path(configured)] if configured else []), BUILT, PACKAGES / package / "files"]
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise FontMissing(f"{name} is in none of {', '.join(map(str, folders))}. Build the front end: make setup.")


def rounded_size(size: float) -> float:
    """A size in pixels as the faces are kept: two decimals, at least 1."""
    return max(1.0, round(size, 2))


@lru_cache(maxsize=24)  # each open face holds the unpacked file, some 2 MB, and takes 40 ms to open
def load(path: str, size: float) -> ImageFont.FreeTypeFont:
    """The base font at a size."""
    return ImageFont.truetype(path, size)


@lru_cache(maxsize=96)  # most hold 20 to 200 kB and open in 1 ms; the emoji hold 1 MB and take 16 ms
def load_fallback(path: str, size: float, weight: int | None) -> ImageFont.FreeTypeFont:
    """A fallback font at a size. `weight` is set for a variable font, None for a static one."""
    face = ImageFont.truetype(path, size)
    if weight is not None:
        face.set_variation_by_axes([weight])
    return face
