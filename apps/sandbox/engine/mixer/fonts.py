"""The fonts of labels: Noto Sans SC as the pages use it, or Pillow's own where the front end is not built."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

_ROOT = Path(__file__).resolve().parents[4]
_PLACES = (_ROOT / "static/dist/fonts", _ROOT / "static/node_modules/@fontsource/noto-sans-sc/files")


def font_file(bold: bool) -> Path | None:
    """The file of Noto Sans SC in this weight: from QUADBOX_FONT_DIR, else the built front end, else None."""
    chosen = os.environ.get("QUADBOX_FONT_DIR")
    places = (Path(chosen), *_PLACES) if chosen else _PLACES
    pattern = f"*noto-sans-sc-chinese-simplified-{700 if bold else 400}-normal*.woff2"
    return next((file for place in places for file in sorted(place.glob(pattern))), None)


@lru_cache(maxsize=64)
def font(size: int, bold: bool = False) -> Font:
    """A font of `size` px. Never fails for want of a file."""
    file = font_file(bold)
    if file is None:
        return ImageFont.load_default(max(4, size))
    return ImageFont.truetype(str(file), max(4, size))
